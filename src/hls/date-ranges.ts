/** Events of the program as EXT-X-DATERANGE tags of its playlists (rfc8216bis section 4.4.5.1). */
import type { WallTime } from '../media/timestamp.ts';

/** Who has the floor, and the title, hold until the next of their kind; a marker is a moment. */
export type Note =
  | { readonly kind: 'speaker'; readonly name: string; readonly participant: string }
  | { readonly kind: 'title'; readonly title: string }
  | { readonly kind: 'marker'; readonly label: string };

interface Dated {
  readonly kind: Note['kind'];
  readonly wallTime: WallTime;
  readonly line: string;
}

/** In a playlist, and in memory: each costs about a hundred bytes of every playlist. */
export const MAX_NOTES = 500;

/** The newest of a session, oldest first. */
export class DateRanges {
  #notes: Dated[] = [];
  #count = 0;

  /** `wallTime`: by the clock of the program. */
  add(note: Note, wallTime: WallTime): void {
    this.#count += 1;
    const id = `${note.kind}-${this.#count}`;
    const start = new Date(Math.round(wallTime)).toISOString();
    const values = [`ID="${id}"`, `CLASS="gridcast.${note.kind}"`, `START-DATE="${start}"`, ...valuesOf(note)];
    this.#notes.push({ kind: note.kind, wallTime, line: `#EXT-X-DATERANGE:${values.join()}` });
    if (this.#notes.length > MAX_NOTES) this.#notes.shift();
  }

  /** Those that concern a playlist that begins at `since`: what happens in it, and what still held when it began. */
  lines(since: WallTime): string[] {
    const held = new Map<Note['kind'], Dated>();
    for (const note of this.#notes) if (note.wallTime < since && note.kind !== 'marker') held.set(note.kind, note);
    return this.#notes.filter((note) => note.wallTime >= since || held.get(note.kind) === note).map(({ line }) => line);
  }
}

function valuesOf(note: Note): string[] {
  switch (note.kind) {
    case 'speaker':
      return [`END-ON-NEXT=YES`, `X-NAME="${quotable(note.name)}"`, `X-PARTICIPANT="${quotable(note.participant)}"`];
    case 'title':
      return [`END-ON-NEXT=YES`, `X-TITLE="${quotable(note.title)}"`];
    case 'marker':
      return [`X-LABEL="${quotable(note.label)}"`];
  }
}

/** A quoted string has no quotation marks and no line ends (section 4.2). */
function quotable(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').replaceAll('"', '\u201d');
}
