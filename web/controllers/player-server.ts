/** What a player learns from the server beside the stream: the room's title, the clock, and how many watch. */
import { ApiClient, ApiError } from '../api-client.ts';
import { nowMs, wallMs } from '../util/monotonic.ts';
import { measureOffset } from './clock-offset.ts';
import { OffsetAge } from './offset-age.ts';
import type { PlayerState } from './player-state.ts';
import { RecordingLookout } from './recording-lookout.ts';
import { ViewerBeat } from './viewer-beat.ts';

/** Watching, or about to go on. */
const WATCHING: readonly PlayerState[] = ['live', 'behind', 'reconnecting'];

/** For one player and one room, until `close`. */
export class PlayerServer {
  readonly #client: ApiClient;
  /** Without the token: the clock and the count are for everybody, from any site. */
  readonly #open: ApiClient;
  readonly #server: string;
  readonly #room: string;
  readonly #changed: () => void;
  readonly #beat: ViewerBeat;
  #isRecorded = false;
  readonly #lookout: RecordingLookout;
  readonly #viewer = crypto.randomUUID();
  #title = '';
  #recording = '';
  #offsetMs: number | undefined;
  readonly #offsetAge = new OffsetAge();
  #live = false;
  #closed = false;
  #soundWasOn = false;
  /** There was no room when it was asked for its title. */
  #missing = false;

  constructor(server: string, room: string, token: string, changed: () => void) {
    this.#client = new ApiClient(server, token);
    this.#open = new ApiClient(server);
    this.#server = server;
    this.#room = room;
    this.#changed = changed;
    const after = (ms: number, fn: () => void): (() => void) => {
      const timer = window.setTimeout(fn, ms);
      return () => window.clearTimeout(timer);
    };
    const say = async (): Promise<number> => {
      const { viewers, recording: kept } = await this.#open.watch(room, this.#viewer);
      this.#isRecorded = kept;
      return viewers;
    };
    this.#beat = new ViewerBeat({ say, after, changed });
    this.#lookout = new RecordingLookout({ ask: async () => (await this.exists()) && this.#recording !== '', after });
    this.exists().catch(() => undefined);
  }

  /** The room's title; empty while not known. */
  get title(): string {
    return this.#title;
  }

  /** Where the recording of its last session can be watched; empty when nowhere. */
  get recording(): string {
    return this.#recording;
  }

  /** To add to this computer's clock for the server's, milliseconds; undefined while not known. */
  get offsetMs(): number | undefined {
    return this.#offsetMs;
  }

  /** How many watch; undefined while nobody does here. */
  get viewers(): number | undefined {
    return this.#beat.viewers;
  }

  /** Whether what is watched here is being kept. */
  get isRecorded(): boolean {
    return this.#isRecorded && this.viewers !== undefined;
  }

  /** The sound has been on: who turned it off knows where. */
  get soundWasOn(): boolean {
    return this.#soundWasOn;
  }

  /** Whether there is such a room; rejects when that cannot be told. */
  async exists(): Promise<boolean> {
    try {
      const { title, recordingUrl } = await this.#client.room(this.#room);
      this.#title = title;
      const recording = recordingUrl === undefined ? null : URL.parse(recordingUrl, this.#server);
      this.#recording = recording && /^https?:$/.test(recording.protocol) ? recording.href : '';
      if (!this.#closed) this.#changed();
      return true;
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return false;
      throw error;
    }
  }

  /** What the player shows now: the clock is asked for when it matters first and as it ages, and who watches is counted. */
  follow(state: PlayerState, muted: boolean): void {
    const watching = WATCHING.includes(state);
    if (watching && !muted) this.#soundWasOn = true;
    if (watching) this.#beat.start();
    else this.#beat.stop();
    if (this.#missing && state !== 'missing') this.exists().catch(() => undefined);
    this.#missing = state === 'missing';
    if (state === 'ended') this.#lookout.start();
    else this.#lookout.stop();
    if (state === 'ended') {
      this.#live = false;
      this.#offsetAge.forget();
    } else if (state === 'live' && !this.#live) {
      this.#live = true;
      // It is of another session, if there is one.
      this.#recording = '';
    }
    if ((state === 'live' || state === 'behind') && this.#offsetAge.take(nowMs(), wallMs())) void this.#measure();
  }

  close(): void {
    this.#closed = true;
    this.#beat.stop();
    this.#lookout.stop();
  }

  async #measure(): Promise<void> {
    const offsetMs = await measureOffset(() => this.#open.time(this.#room), nowMs);
    if (this.#closed) return;
    if (offsetMs === undefined) {
      this.#offsetAge.failed(nowMs());
      return;
    }
    this.#offsetMs = offsetMs;
    this.#changed();
  }
}
