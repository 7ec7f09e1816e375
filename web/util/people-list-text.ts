/** Lists of people as text, before they are sent: pure. */

/** Largest list that the server takes, bytes. */
export const MAX_LIST_BYTES = 1_048_576;

/** A file's text: UTF-8, what spreadsheets call Unicode text (UTF-16), or else what they write without asking (Windows-1252). */
export function decodeList(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** Whether the server would refuse it for its length alone. */
export function isTooLong(text: string): boolean {
  return new TextEncoder().encode(text).byteLength > MAX_LIST_BYTES;
}

/** Lines with something in them. */
export function countLines(text: string): number {
  return text.split('\n').filter((line) => line.trim() !== '').length;
}

/** Where a line stands, from its first letter to before its end; undefined when there are fewer. @param line from 1 */
export function lineSpan(text: string, line: number): readonly [start: number, end: number] | undefined {
  const lines = text.split('\n');
  const found = lines[line - 1];
  if (found === undefined) return undefined;
  const start = lines.slice(0, line - 1).reduce((sum, { length }) => sum + length + 1, 0);
  return [start, start + found.length];
}
