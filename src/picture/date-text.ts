const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** A date as `Jan 21, 2022 03:28:38.123 PM`, in UTC so that it is the same for everybody; `-` for none. */
export function dateText(date: Date | undefined): string {
  if (date === undefined || Number.isNaN(date.getTime())) return "-";
  const two = (value: number): string => String(value).padStart(2, "0");
  const hour = date.getUTCHours();
  const time = [two(hour % 12 === 0 ? 12 : hour % 12), two(date.getUTCMinutes()), two(date.getUTCSeconds())].join(":");
  const milliseconds = String(date.getUTCMilliseconds()).padStart(3, "0");
  const day = `${months[date.getUTCMonth()]} ${two(date.getUTCDate())}, ${date.getUTCFullYear()}`;
  return `${day} ${time}.${milliseconds} ${hour < 12 ? "AM" : "PM"}`;
}
