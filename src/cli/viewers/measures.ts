/** What viewers measure, gathered for a thread. Pure; times are milliseconds. */

import type { PlaybackFigures } from './playback-buffer.ts';

/** One file that several viewers loaded. */
export interface PartTimes {
  readonly uri: string;
  /** When the first answer came that listed it, by the machine's monotonic clock. */
  readonly listedMs: number;
  /** When each viewer had its last byte. */
  readonly completeMs: readonly number[];
}

/** Everything that a thread measured. */
export interface Measured {
  readonly parts: readonly PartTimes[];
  /** From the end of a part by PROGRAM-DATE-TIME to its last byte. */
  readonly latencyMs: readonly number[];
  /** Age of the picture on a viewer's screen. */
  readonly glassToGlassMs: readonly number[];
  /** From a viewer's first request to its first picture. */
  readonly startMs: readonly number[];
  /** By kind, from the first moment on. */
  readonly errors: Readonly<Record<string, number>>;
  /** Stalls of viewers that have gone. */
  readonly stalls: number;
  readonly stalledMs: number;
  readonly stalledViewers: number;
  readonly playedViewers: number;
  /** Answers, their bytes, and how many of them were playlists and updates of playlists. */
  readonly requests: number;
  readonly bytes: number;
  readonly playlists: number;
  readonly updates: number;
}

/** Kinds of errors are few; whatever makes more of them is summed up. */
const MAX_KINDS = 50;
const OTHERS = 'others';

interface Listed {
  readonly listedMs: number;
  readonly completeMs: number[];
}

/** Errors, stalls and starts count always, all else from `fromMs` on, when everybody has joined. */
export class Measures {
  readonly #fromMs: number;
  readonly #parts = new Map<string, Listed>();
  readonly #latencyMs: number[] = [];
  readonly #glassMs: number[] = [];
  readonly #startMs: number[] = [];
  readonly #errors = new Map<string, number>();
  #stalls = 0;
  #stalledMs = 0;
  #stalledViewers = 0;
  #playedViewers = 0;
  #requests = 0;
  #bytes = 0;
  #playlists = 0;
  #updates = 0;

  constructor(fromMs: number) {
    this.#fromMs = fromMs;
  }

  get errorCount(): number {
    return [...this.#errors.values()].reduce((sum, count) => sum + count, 0);
  }

  get requestCount(): number {
    return this.#requests;
  }

  /** An answer has come whole. */
  answer(kind: 'playlist' | 'update' | 'media', bytes: number, nowMs: number): void {
    if (nowMs < this.#fromMs) return;
    this.#requests += 1;
    this.#bytes += bytes;
    if (kind !== 'media') this.#playlists += 1;
    if (kind === 'update') this.#updates += 1;
  }

  error(kind: string): void {
    const name = this.#errors.has(kind) || this.#errors.size < MAX_KINDS ? kind : OTHERS;
    this.#errors.set(name, (this.#errors.get(name) ?? 0) + 1);
  }

  /** A playlist that lists this file has come. */
  listed(uri: string, nowMs: number): void {
    if (!this.#parts.has(uri)) this.#parts.set(uri, { listedMs: nowMs, completeMs: [] });
  }

  /** A viewer that was there when the file was made has all of it. */
  complete(uri: string, nowMs: number, latencyMs: number | undefined): void {
    if (nowMs < this.#fromMs) return;
    this.#parts.get(uri)?.completeMs.push(nowMs);
    if (latencyMs !== undefined) this.#latencyMs.push(latencyMs);
  }

  shown(ageMs: number | undefined, nowMs: number): void {
    if (ageMs !== undefined && nowMs >= this.#fromMs) this.#glassMs.push(ageMs);
  }

  started(ms: number): void {
    this.#startMs.push(ms);
  }

  /** A viewer has gone; `played`: how playing went for each playlist that it followed. */
  gone(played: readonly PlaybackFigures[]): void {
    for (const { stalls, stalledMs } of played) {
      this.#stalls += stalls;
      this.#stalledMs += stalledMs;
    }
    if (played.some(({ stalls }) => stalls > 0)) this.#stalledViewers += 1;
    if (played.every(({ started }) => started)) this.#playedViewers += 1;
  }

  get measured(): Measured {
    return {
      parts: [...this.#parts].map(([uri, times]) => ({ uri, ...times })),
      latencyMs: this.#latencyMs,
      glassToGlassMs: this.#glassMs,
      startMs: this.#startMs,
      errors: Object.fromEntries(this.#errors),
      stalls: this.#stalls,
      stalledMs: this.#stalledMs,
      stalledViewers: this.#stalledViewers,
      playedViewers: this.#playedViewers,
      requests: this.#requests,
      bytes: this.#bytes,
      playlists: this.#playlists,
      updates: this.#updates,
    };
  }
}

/** The time of each delivery: from the first answer that listed a part, to whichever viewer, to the part's last byte at one. */
export function deliveries(threads: readonly Measured[]): number[] {
  const listed = new Map<string, number>();
  for (const { uri, listedMs } of threads.flatMap(({ parts }) => parts)) {
    listed.set(uri, Math.min(listedMs, listed.get(uri) ?? listedMs));
  }
  return threads.flatMap(({ parts }) =>
    parts.flatMap(({ uri, completeMs }) => completeMs.map((ms) => ms - (listed.get(uri) ?? ms))),
  );
}
