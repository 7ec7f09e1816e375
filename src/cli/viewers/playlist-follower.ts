/** One playlist of one viewer: reloads it, loads what is new, and plays it in a simulated buffer. */
import { type Clock, sleep } from '../../util/clock.ts';
import { FollowState, type FollowStep, type MediaUnit } from './follow-state.ts';
import { type Lines, TransferError } from './line.ts';
import type { Measures } from './measures.ts';
import { PlaybackBuffer, type PlaybackFigures } from './playback-buffer.ts';
import type { PlaylistMemory } from './playlist-memory.ts';
import { PlaylistError } from './playlist-text.ts';

/** What a follower needs. */
export interface FollowerOptions {
  /** Address of the media playlist. */
  readonly url: URL;
  /** The follower closes them. */
  readonly lines: Lines;
  readonly measures: Measures;
  readonly memory: PlaylistMemory;
  readonly clock: Clock;
  /** Wall time of the server minus this machine's monotonic time, milliseconds. */
  readonly wallOffsetMs: number;
  /** Its first picture or sound is there. */
  readonly onStart: () => void;
}

/** A viewer that has so many files to load is lost; it gives up the older ones. */
const MAX_WAITING = 60;
const NOTHING_PLAYED: PlaybackFigures = { started: false, stalls: 0, stalledMs: 0 };

/** Runs until the playlist ends or `stop` is called. */
export class PlaylistFollower {
  readonly #options: FollowerOptions;
  readonly #state = new FollowState();
  readonly #stopping = new AbortController();
  #waiting: MediaUnit[] = [];
  #loading: Promise<void> = Promise.resolve();
  #busy = false;
  #buffer: PlaybackBuffer | undefined;
  #initUri: string | undefined;

  constructor(options: FollowerOptions) {
    this.#options = options;
  }

  /** Gives how playing went. Never rejects: what goes wrong is counted. */
  async run(): Promise<PlaybackFigures> {
    const { clock, lines } = this.#options;
    let sentMs = Number.NEGATIVE_INFINITY;
    for (let ended = false; !ended && !this.#stopped; ) {
      const { directives, waitMs, skipping } = this.#state.reload();
      const leftMs = sentMs + waitMs - clock.monotonicMs();
      if (leftMs > 0) await sleep(clock, leftMs, this.#stopping.signal);
      if (this.#stopped) break;
      sentMs = clock.monotonicMs();
      ended = await this.#reload(directives, skipping ? 'update' : 'playlist');
    }
    await this.#loading;
    lines.close();
    return this.#buffer?.finish(clock.monotonicMs()) ?? NOTHING_PLAYED;
  }

  stop(): void {
    this.#stopping.abort();
    this.#options.lines.close();
  }

  get #stopped(): boolean {
    return this.#stopping.signal.aborted;
  }

  /** Whether the playlist has ended. */
  async #reload(directives: Readonly<Record<string, string>>, kind: 'playlist' | 'update'): Promise<boolean> {
    const { url, lines, memory, measures, clock } = this.#options;
    try {
      const answer = await lines.playlist.get(withDirectives(url, directives), true);
      const nowMs = clock.monotonicMs();
      measures.answer(kind, answer.bytes, nowMs);
      if (answer.status !== 200) throw new RefusedError(answer.status);
      const step = this.#state.accept(memory.read(answer));
      this.#take(step, nowMs);
      return step.ended;
    } catch (error) {
      this.#state.failed();
      this.#count('playlist', error);
      return false;
    }
  }

  #take({ units, jumped }: FollowStep, nowMs: number): void {
    const { measures, url } = this.#options;
    if (jumped) measures.error('media gone before they could be loaded');
    for (const unit of units) {
      measures.listed(new URL(unit.uri, url).pathname, nowMs);
      this.#waiting.push(unit);
    }
    if (!this.#buffer && units.length > 0) {
      const listedMs = units.reduce((sum, { durationMs }) => sum + durationMs, 0);
      this.#buffer = new PlaybackBuffer(listedMs - this.#state.holdBackMs);
    }
    if (this.#waiting.length > MAX_WAITING) {
      measures.error('media given up because they came too slowly');
      this.#waiting = this.#waiting.slice(-MAX_WAITING);
    }
    if (!this.#busy) this.#loading = this.#load();
  }

  async #load(): Promise<void> {
    this.#busy = true;
    for (let unit = this.#waiting.shift(); unit && !this.#stopped; unit = this.#waiting.shift()) {
      try {
        if (unit.initUri !== undefined && unit.initUri !== this.#initUri) await this.#media(unit.initUri);
        this.#initUri = unit.initUri;
        this.#loaded(unit, await this.#media(unit.uri));
      } catch (error) {
        this.#count('media', error);
      }
    }
    this.#busy = false;
  }

  /** When its last byte came. */
  async #media(uri: string): Promise<number> {
    const { url, lines, measures, clock } = this.#options;
    const { pathname, search } = new URL(uri, url);
    const { status, bytes } = await lines.media.get(`${pathname}${search}`, false);
    const nowMs = clock.monotonicMs();
    measures.answer('media', bytes, nowMs);
    if (status !== 200) throw new RefusedError(status);
    if (bytes === 0) throw new TransferError('malformed', 'the file is empty');
    return nowMs;
  }

  #loaded({ uri, startMs, durationMs, fresh }: MediaUnit, nowMs: number): void {
    const { url, measures, wallOffsetMs, onStart } = this.#options;
    if (fresh) {
      const endMs = startMs === undefined ? undefined : startMs + durationMs;
      const latencyMs = endMs === undefined ? undefined : nowMs + wallOffsetMs - endMs;
      measures.complete(new URL(uri, url).pathname, nowMs, latencyMs);
    }
    const buffer = this.#buffer;
    if (!buffer) return;
    const before = buffer.figures.started;
    // In the buffer's time throughout: that of this machine, which does not jump.
    buffer.append(durationMs, startMs === undefined ? undefined : startMs - wallOffsetMs, nowMs);
    if (!before && buffer.figures.started) onStart();
    measures.shown(buffer.glassToGlassMs(nowMs), nowMs);
  }

  #count(what: 'playlist' | 'media', error: unknown): void {
    if (!this.#stopped) this.#options.measures.error(`${what}: ${kindOf(error)}`);
  }
}

/** An answer that is not 200. */
export class RefusedError extends Error {
  constructor(status: number) {
    super(`HTTP ${status}`);
  }
}

/** A few words for any failure of a request; the same for the same kind. */
export function kindOf(error: unknown): string {
  if (error instanceof TransferError) return error.fault === 'malformed' ? error.message : FAULTS[error.fault];
  if (error instanceof RefusedError || error instanceof PlaylistError) return error.message;
  return 'a fault of this tool';
}

const FAULTS = { connect: 'no connection', cut: 'cut off', timeout: 'no answer in time' } as const;

/** The address with delivery directives, its queries in the order of their names (rfc8216bis section 6.3.2). */
function withDirectives(url: URL, directives: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams(url.search);
  for (const [name, value] of Object.entries(directives)) query.set(name, value);
  query.sort();
  const text = query.toString();
  return text === '' ? url.pathname : `${url.pathname}?${text}`;
}
