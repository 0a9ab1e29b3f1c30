/** Says why S3 refuses `name` for a bucket; `undefined` when it does not. Source: S3 user guide, bucket naming rules. */
export function bucketNameProblem(name: string): string | undefined {
  if (name.length < 3 || name.length > 63) return `expected 3 to 63 characters, got ${name.length}`;
  if (!/^[a-z0-9][a-z0-9.-]*[a-z0-9]$/.test(name)) {
    return "expected lower-case letters, digits, dots and hyphens, with a letter or digit at both ends";
  }
  if (name.includes("..")) return "expected no two dots in a row";
  if (/^\d+\.\d+\.\d+\.\d+$/.test(name)) return "expected no IP address";
  return undefined;
}
