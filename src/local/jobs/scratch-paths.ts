/** `/opt/ml` where it begins a path: at the start, or after a sign that separates paths, and not as `/opt/mlx`. */
const containerFolder = /(^|[\s=:;,"'([{|@])\/opt\/ml(?=$|[\s/:;,"')\]}|])/g;

/**
 * Puts the folder `ml` for `/opt/ml` in a word of a command or the value of a variable.
 *
 * @example
 * inScratch("--in=/opt/ml/processing/a", "/data/jobs/1/ml"); // --in=/data/jobs/1/ml/processing/a
 */
export function inScratch(text: string, ml: string): string {
  return text.replace(containerFolder, (_, before: string) => before + ml);
}
