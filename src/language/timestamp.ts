const pattern = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:\d{2})$/;

/**
 * Reads a timestamp of RFC 3339 with an upper-case `T` and `Z`, as AWS wants it.
 *
 * @returns milliseconds since 1970; `undefined` for anything else
 */
export function parseTimestamp(text: string): number | undefined {
  const [, year, month, day, hour, minute, second, fraction = "", zone] = pattern.exec(text) ?? [];
  if (zone === undefined) return undefined;
  const date = [Number(year), Number(month) - 1, Number(day)] as const;
  const time = [Number(hour), Number(minute), Number(second), Number(fraction.padEnd(3, "0").slice(0, 3))] as const;
  if (time[0] > 23 || time[1] > 59 || time[2] > 59) return undefined;
  const utc = Date.UTC(...date, ...time);
  const made = new Date(utc);
  // `Date` takes the 31st of June for the 1st of July.
  if (made.getUTCMonth() !== date[1] || made.getUTCDate() !== date[2]) return undefined;
  return utc - offsetOf(zone);
}

function offsetOf(zone: string): number {
  if (zone === "Z") return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6));
  return (zone.startsWith("-") ? -minutes : minutes) * 60_000;
}
