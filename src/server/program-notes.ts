/** What viewers are told beside the media of a session: who has the floor, the title, markers and captions. */
import { ConflictError } from '../errors.ts';
import type { LiveStream } from '../hls/live-stream.ts';
import type { WallTime } from '../media/timestamp.ts';
import type { Room } from '../room/room.ts';
import type { Disposer } from '../util/clock.ts';

/** Options of a session's notes. */
export interface ProgramNotesOptions {
  readonly room: Room;
  readonly stream: Pick<LiveStream, 'note' | 'caption' | 'captions'>;
  /** By the clock of the program. */
  readonly now: () => WallTime;
  /** Told of each moment with a name; default nobody. */
  readonly onMark?: (label: string, recording: string | undefined) => void;
}

/** Owned by the room's pipeline. */
export class ProgramNotes {
  readonly #options: ProgramNotesOptions;
  readonly #disposers: Disposer[];
  #speaker: string | undefined;
  #title: string;

  constructor(options: ProgramNotesOptions) {
    this.#options = options;
    const { room, stream, now } = options;
    this.#title = room.title;
    stream.note({ kind: 'title', title: room.title }, now());
    this.#disposers = [
      room.events.on('speaking', ({ speaker }) => this.#onSpeaker(speaker)),
      room.events.on('changed', () => this.#onTitle()),
    ];
  }

  /** A moment with a name, of the recording with this id if one runs; when it was, by the program's clock. */
  mark(label: string, recording?: string): Date {
    const at = this.#options.now();
    this.#options.stream.note({ kind: 'marker', label }, at);
    this.#options.onMark?.(label, recording);
    return new Date(Math.round(at));
  }

  /** Said from now on, for so many seconds. @throws ConflictError `captions_off` when players were not told of any. */
  caption(text: string, seconds: number): Date {
    const { stream, now } = this.#options;
    if (!stream.captions) {
      throw new ConflictError(
        'captions_off',
        'This session has no captions; set "viewing": {"captions": true} before it begins.',
      );
    }
    const at = now();
    stream.caption(text, at, seconds);
    return new Date(Math.round(at));
  }

  close(): void {
    for (const dispose of this.#disposers) dispose();
  }

  /** Between two speakers the floor is nobody's for moments: that is not news. */
  #onSpeaker(speaker: string | undefined): void {
    if (speaker === undefined || speaker === this.#speaker) return;
    this.#speaker = speaker;
    const { room, stream, now } = this.#options;
    stream.note({ kind: 'speaker', name: room.find(speaker)?.name ?? '', participant: speaker }, now());
  }

  #onTitle(): void {
    const { room, stream, now } = this.#options;
    if (room.title === this.#title) return;
    this.#title = room.title;
    stream.note({ kind: 'title', title: room.title }, now());
  }
}
