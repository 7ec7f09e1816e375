/** Tables as CSV (RFC 4180), with text of people's own in them: pure. */
import { plainLine } from './webvtt.ts';

/** Media type of the files. */
export const CSV_TYPE = 'text/csv; charset=utf-8; header=present';

/** A table with its mark of UTF-8, without which spreadsheets take letters for those of another alphabet. */
export function csvTable(rows: readonly (readonly string[])[]): string {
  return `\ufeff${rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('')}`;
}

/** One cell. What a spreadsheet would take for a formula gets an apostrophe before it, which says that it is text. */
export function csvCell(text: string): string {
  // Before anything is taken away: what is left must not begin like a formula either.
  const line = plainLine(text);
  const safe = /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/.test(text) || /^[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(line);
  const cell = safe ? `'${line}` : line;
  return /[",;]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
