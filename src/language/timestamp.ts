const pattern = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?(?:Z|([+-])(\d{2}):(\d{2}))$/;

/**
 * Reads a timestamp of RFC 3339 with an upper-case `T` and `Z`, as AWS wants it.
 *
 * @returns milliseconds since 1970; `undefined` for anything else
 */
export function parseTimestamp(text: string): number | undefined {
  const found = pattern.exec(text);
  if (found === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found.slice(1, 7).map(Number);
  const [, , , , , , , fraction = "", sign, ...zone] = found;
  const [hours, minutes] = zone.map((part = "0") => Number(part)) as [number, number];
  // RFC 3339 counts a leap second as the 60th.
  if (hour > 23 || minute > 59 || second > 60 || hours > 23 || minutes > 59) return undefined;
  const date = new Date(Date.UTC(year, month - 1, day));
  // `Date.UTC` takes a year below 100 for one of the 20th century.
  date.setUTCFullYear(year, month - 1, day);
  // `Date` takes the 31st of June for the 1st of July.
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  const offset = (sign === "-" ? -1 : 1) * (hours * 60 + minutes);
  const milliseconds = Number(fraction.padEnd(3, "0").slice(0, 3));
  return date.getTime() + ((hour * 60 + minute - offset) * 60 + second) * 1_000 + milliseconds;
}
