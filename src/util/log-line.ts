/** A line of the log for somebody at a terminal: time, level, area, message, values. Pure; nothing that a user typed reaches the terminal as a command. */

/** The colours are those of ANSI terminals. */
export interface LogLineLook {
  readonly colours: boolean;
}

const LEVELS: Readonly<Record<number, readonly [name: string, colour: number]>> = {
  20: ['debug', 90],
  30: ['info ', 36],
  40: ['WARN ', 33],
  50: ['ERROR', 31],
};
const DIM = 2;
/** Characters of one value. */
const LONGEST = 160;
/** Control characters of both sets, marks that turn the direction of writing, and what breaks lines; not the joiners that scripts and emoji need. */
const UNSAFE = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
/** What a value may be made of and still stand without quotes. */
const PLAIN = /^[^\s"=]+$/;
/** Shown at the beginning of the line. */
const HEAD: ReadonlySet<string> = new Set(['time', 'level', 'msg', 'room']);

/** @param json one line as the logger writes it; what is no such line is given back made harmless, with a line end */
export function logLine(json: string, { colours }: LogLineLook): string {
  const paint = (code: number, text: string): string => (colours ? `\u001b[${code}m${text}\u001b[0m` : text);
  const entry = parsed(json);
  if (!entry) return `${harmless(json.trimEnd())}\n`;
  const { msg } = entry;
  const [name, colour] = LEVELS[Number(entry['level'])] ?? ['?    ', 0];
  const area = typeof entry['room'] === 'string' ? `${shortened(harmless(entry['room']))}: ` : '';
  const values = Object.entries(entry).flatMap(([key, value]) =>
    HEAD.has(key) || value === undefined ? [] : [`${harmless(key)}=${written(value)}`],
  );
  const head = `${paint(DIM, timeOf(entry['time']))} ${paint(colour, name)} ${area}${harmless(typeof msg === 'string' ? msg : '')}`;
  return values.length === 0 ? `${head}\n` : `${head}  ${paint(DIM, values.join(' '))}\n`;
}

/** The text with what a terminal would obey, or a reader be misled by, in a notation that can be seen. */
export function harmless(text: string): string {
  return text.replaceAll(UNSAFE, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

function written(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const short = shortened(harmless(text));
  return typeof value !== 'string' || PLAIN.test(short) ? short : `"${short.replaceAll('"', '\\"')}"`;
}

function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** Time of day, as the clock on the wall has it. */
function timeOf(time: unknown): string {
  const date = new Date(String(time));
  if (Number.isNaN(date.getTime())) return '--:--:--';
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) => String(part).padStart(2, '0')).join(':');
}

function parsed(json: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
