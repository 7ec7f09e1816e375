/** Numbers for people. */

/** Seconds as `m:ss` or `h:mm:ss`. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** Bytes with a decimal unit, as browsers show downloads and as the language writes it. @param locale BCP 47 */
export function formatBytes(bytes: number, locale: string): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1;
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: UNITS[unit],
    // The short sign of a single byte is a word in some languages, without its plural.
    unitDisplay: unit === 0 ? 'long' : 'short',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(value);
}

/** For how long one waits, in whole seconds or, beyond a minute and a half, minutes, never less than it is. @param locale BCP 47 */
export function formatWait(seconds: number, locale: string): string {
  const [value, unit] = seconds > 90 || seconds === 60 ? [seconds / 60, 'minute'] : [seconds, 'second'];
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(
    Math.max(1, Math.ceil(value)),
  );
}

/** With one digit behind the comma or point of the language. @param locale BCP 47 */
export function formatTenths(value: number, locale: string): string {
  return new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(value);
}

/** -dBov (0 loudest, 127 silence) as the filled part of a meter, 0–1: -60 dB is empty, -10 dB is full. */
export function levelToMeter(level: number): number {
  return Math.max(0, Math.min(1, (60 - level) / 50));
}

/** Up to two letters that stand for a name, as the program shows them: whole signs with what belongs to them. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/u);
  const signs = new Intl.Segmenter();
  const first = (word = ''): string => signs.segment(word)[Symbol.iterator]().next().value?.segment ?? '';
  const letters = [first(words[0]), words.length > 1 ? first(words.at(-1)) : ''];
  // Arabic letters would join to something that is no word.
  const between = /\p{Script=Arabic}/u.test(letters.join('')) ? '\u200c' : '';
  return letters.filter(Boolean).join(between).toLocaleUpperCase();
}
