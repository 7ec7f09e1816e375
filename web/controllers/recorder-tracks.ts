/** What one sends where the browser has no encoders: a recorder for each source, as the sources come, change and go. */
import type { Size } from '../capture/fit-size.ts';
import { RecorderCapture } from '../capture/recorder/recorder-capture.ts';
import { type LocalSource, SOURCE_TRACK } from '../media/local-source.ts';
import type { RoomConnection } from '../transport/room-connection.ts';
import type { Problem } from '../util/problem.ts';
import { againCode, secondTryProblem } from '../util/second-try-words.ts';
import { TrackLevel } from './track-level.ts';

/** What it needs. */
export interface RecorderTracksOptions {
  readonly connection: Pick<RoomConnection, 'publish' | 'unpublish'>;
  readonly media: { readonly sources: readonly LocalSource[] };
  report(problem: Problem): void;
  /** The problem that was reported with this code is over. */
  settle(code: string): void;
}

interface Use {
  media: MediaStreamTrack;
  readonly capture: RecorderCapture;
}

const SILENCE = 127;

/** Ends with `stop`; devices and connection stay their owners'. */
export class RecorderTracks {
  readonly #options: RecorderTracksOptions;
  readonly #uses = new Map<number, Use>();
  readonly #level = new TrackLevel();
  #stopped = false;

  constructor(options: RecorderTracksOptions) {
    this.#options = options;
  }

  /** The microphone, -dBov 0–127. */
  get level(): number {
    const microphone = this.#options.media.sources.find(({ track }) => track === SOURCE_TRACK.microphone);
    return microphone?.state === 'live' ? this.#level.level : SILENCE;
  }

  get framesSent(): number {
    return this.#pictures.reduce((sum, { capture }) => sum + capture.frames, 0);
  }

  get bytesSent(): number {
    return [...this.#uses.values()].reduce((sum, { capture }) => sum + capture.outgoing.bytes, 0);
  }

  /** The first picture's size, undefined while none is sent. */
  get sending(): Size | undefined {
    return this.#pictures[0]?.capture.settings;
  }

  /** Looks at the sources again. */
  follow(): void {
    if (this.#stopped) return;
    const { sources } = this.#options.media;
    for (const [number, { capture }] of this.#uses) {
      if (sources.some(({ track }) => track === number)) continue;
      this.#uses.delete(number);
      this.#options.settle(againCode(capture.outgoing.publication.source));
      capture.stop();
      this.#options.connection.unpublish(capture.outgoing);
    }
    for (const source of sources) this.#use(source);
    this.#level.track = this.#uses.get(SOURCE_TRACK.microphone)?.media;
  }

  stop(): void {
    this.#stopped = true;
    this.#level.close();
    for (const { capture } of this.#uses.values()) capture.stop();
  }

  get #pictures(): Use[] {
    return [...this.#uses.values()].filter(({ media }) => media.kind === 'video');
  }

  #use(source: LocalSource): void {
    const use = this.#uses.get(source.track);
    if (!use) {
      this.#uses.set(source.track, { media: source.media, capture: this.#start(source) });
      return;
    }
    if (use.media !== source.media) {
      use.media = source.media;
      use.capture.replace(source.media);
    }
    use.capture.state = source.state;
  }

  #start({ track, source, media, state, content }: LocalSource): RecorderCapture {
    const { connection, report, settle } = this.#options;
    const kind = media.kind === 'video' ? 'video' : 'audio';
    const capture: RecorderCapture = new RecorderCapture({
      media,
      content,
      state,
      publish: (wishes) => connection.publish({ track, kind, source }, wishes),
      failed: (problem) => {
        connection.unpublish(capture.outgoing);
        // The next change of it, also muting and back, begins anew.
        if (this.#uses.get(track)?.capture === capture) this.#uses.delete(track);
        report(problem);
      },
      again: (next) => {
        if (next) report(secondTryProblem('Your picture is not being sent', source, next));
        else settle(againCode(source));
      },
    });
    return capture;
  }
}
