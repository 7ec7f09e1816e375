/** Events of the program as EXT-X-DATERANGE tags of its playlists (rfc8216bis section 4.4.5.1). */
import { type WallTime, wallTime } from '../media/timestamp.ts';

/** Who has the floor, and the title, hold until the next of their kind; a marker is a moment. */
export type Note =
  | { readonly kind: 'speaker'; readonly name: string; readonly participant: string }
  | { readonly kind: 'title'; readonly title: string }
  | { readonly kind: 'marker'; readonly label: string };

/** What a delta update tells of them (section 6.2.5.1). */
export interface RangeChanges {
  /** Lines that were added lately. */
  readonly lines: readonly string[];
  /** IDs of those that were removed lately. */
  readonly removed: readonly string[];
}

interface Dated {
  readonly kind: Note['kind'];
  readonly id: string;
  readonly wallTime: WallTime;
  readonly addedMs: number;
  readonly line: string;
}

/** By so much a playlist's beginning moves within the skip boundary at most, unless the program breaks off for longer. */
const REMOVED_WITHIN_MS = 60_000;

/** In a playlist, and in memory: each costs about a hundred bytes of every playlist. */
export const MAX_NOTES = 500;
/** Of those that were dropped. */
const MAX_DROPPED = MAX_NOTES;

/** The newest of a session, oldest first. */
export class DateRanges {
  #notes: Dated[] = [];
  /** Those that had to go because there were too many, and when, newest last. */
  #dropped: { readonly id: string; readonly droppedMs: number }[] = [];
  #count = 0;

  /** `wallTime`: by the clock of the program; `addedMs`: now, by any clock that is not set. */
  add(note: Note, wallTime: WallTime, addedMs: number): void {
    this.#count += 1;
    const id = `${note.kind}-${this.#count}`;
    const start = new Date(Math.round(wallTime)).toISOString();
    const values = [`ID="${id}"`, `CLASS="gridcast.${note.kind}"`, `START-DATE="${start}"`, ...valuesOf(note)];
    this.#notes.push({ kind: note.kind, id, wallTime, addedMs, line: `#EXT-X-DATERANGE:${values.join()}` });
    if (this.#notes.length > MAX_NOTES) this.#drop(addedMs);
  }

  /** Those that concern a playlist that begins at `since`: what happens in it, and what still held when it began. */
  lines(since: WallTime): string[] {
    return this.#listed(since).map(({ line }) => line);
  }

  /**
   * What has changed in such a playlist lately, for whoever knows an earlier one.
   * @param addedSinceMs by the clock of `add`
   */
  changes(since: WallTime, addedSinceMs: number): RangeChanges {
    const listed = this.#listed(since);
    const before = new Set(this.#listed(wallTime(since - REMOVED_WITHIN_MS)));
    for (const range of listed) before.delete(range);
    const dropped = this.#dropped.filter(({ droppedMs }) => droppedMs >= addedSinceMs);
    return {
      lines: listed.filter(({ addedMs }) => addedMs >= addedSinceMs).map(({ line }) => line),
      removed: [...dropped, ...before].map(({ id }) => id),
    };
  }

  /** The oldest goes, but for what still holds: a title may be older than all who have spoken since. */
  #drop(nowMs: number): void {
    const newest = (kind: Note['kind']): Dated | undefined => this.#notes.findLast((note) => note.kind === kind);
    const holding = [newest('title'), newest('speaker')];
    const [oldest] = this.#notes.splice(
      this.#notes.findIndex((note) => !holding.includes(note)),
      1,
    );
    if (oldest) this.#dropped.push({ id: oldest.id, droppedMs: nowMs });
    if (this.#dropped.length > MAX_DROPPED) this.#dropped.shift();
  }

  #listed(since: WallTime): readonly Dated[] {
    const held = new Map<Note['kind'], Dated>();
    for (const note of this.#notes) if (note.wallTime < since && note.kind !== 'marker') held.set(note.kind, note);
    return this.#notes.filter((note) => note.wallTime >= since || held.get(note.kind) === note);
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
