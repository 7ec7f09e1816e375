/** Times of a room's door in words and for fields, pure. */

const DAY_MS = 86_400_000;

/** What is left as `m:ss`, `h:mm:ss`, or with days in front as the language counts them; never below nothing. */
export function countdown(leftMs: number, locale: string): string {
  const seconds = Math.max(0, Math.ceil(leftMs / 1000));
  const two = (value: number): string => String(value).padStart(2, '0');
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor(seconds / 3600) % 24;
  const minutes = Math.floor(seconds / 60) % 60;
  if (days > 0) {
    const counted = new Intl.NumberFormat(locale, { style: 'unit', unit: 'day', unitDisplay: 'long' }).format(days);
    return `${counted} ${two(hours)}:${two(minutes)}:${two(seconds % 60)}`;
  }
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** When that is, as one says it now: "today, 14:00", or with its date, as long as `dateStyle` says. Milliseconds since 1970. */
export function whenWords(atMs: number, nowMs: number, locale: string, dateStyle: 'full' | 'medium' = 'full'): string {
  const days = Math.round((midnight(atMs) - midnight(nowMs)) / DAY_MS);
  if (Math.abs(days) > 1) {
    return new Intl.DateTimeFormat(locale, { dateStyle, timeStyle: 'short' }).format(atMs);
  }
  const day = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(days, 'day');
  return `${day}, ${new Intl.DateTimeFormat(locale, { timeStyle: 'short' }).format(atMs)}`;
}

/** The value of a field `datetime-local` for a time, on this machine's clock. */
export function fieldOfTime(iso: string | undefined): string {
  if (iso === undefined) return '';
  const at = new Date(iso);
  const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

/** The time that such a field says, in ISO 8601; undefined for an empty or unfinished one. */
export function timeOfField(value: string): string | undefined {
  const at = new Date(value);
  return value === '' || Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}

function midnight(atMs: number): number {
  return new Date(atMs).setHours(0, 0, 0, 0);
}
