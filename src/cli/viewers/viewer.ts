/** One viewer: opens the multivariant playlist, follows what it names. */
import { type Clock, sleep } from '../../util/clock.ts';
import type { Lines, LineTarget } from './line.ts';
import { openHttp1Lines } from './http1-line.ts';
import { openHttp2Lines } from './http2-lines.ts';
import type { Measures } from './measures.ts';
import { kindOf, PlaylistFollower, RefusedError } from './playlist-follower.ts';
import { type PlaylistMemory, textOf } from './playlist-memory.ts';
import { parseMultivariant, type Rendition } from './playlist-text.ts';

/** What a viewer needs. */
export interface ViewerOptions {
  /** Address of the multivariant playlist. */
  readonly url: URL;
  readonly h2: boolean;
  readonly insecure: boolean;
  readonly measures: Measures;
  /** Shared with others. */
  readonly memory: PlaylistMemory;
  readonly clock: Clock;
  /** Wall time of the server minus this machine's monotonic time, milliseconds. */
  readonly wallOffsetMs: number;
}

const RETRY_MS = 1000;

/** Comes when `run` is called, goes when `stop` is, or with the stream. */
export class Viewer {
  readonly #options: ViewerOptions;
  readonly #stopping = new AbortController();
  readonly #followers: PlaylistFollower[] = [];
  #lines: Lines | undefined;

  constructor(options: ViewerOptions) {
    this.#options = options;
  }

  /** Never rejects: what goes wrong is counted. */
  async run(): Promise<void> {
    const { clock, url, measures, memory, wallOffsetMs } = this.#options;
    const joinedMs = clock.monotonicMs();
    const rendition = await this.#open();
    if (!rendition || !this.#lines) return;
    // Sound of its own is followed like the picture, on connections of its own.
    const uris = [rendition.uri, ...(rendition.soundUri === undefined ? [] : [rendition.soundUri])];
    let starting = uris.length;
    const onStart = (): void => {
      starting -= 1;
      if (starting === 0) measures.started(clock.monotonicMs() - joinedMs);
    };
    for (const [index, uri] of uris.entries()) {
      const lines = index === 0 ? this.#lines : openLines(this.#target);
      const common = { measures, memory, clock, wallOffsetMs, onStart };
      this.#followers.push(new PlaylistFollower({ ...common, url: new URL(uri, url), lines }));
    }
    measures.gone(await Promise.all(this.#followers.map((follower) => follower.run())));
  }

  stop(): void {
    this.#stopping.abort();
    this.#lines?.close();
    for (const follower of this.#followers) follower.stop();
  }

  get #target(): LineTarget {
    const { url, h2, insecure } = this.#options;
    return { origin: new URL(url.origin), h2, insecure };
  }

  /** Tries until it has the playlist; undefined when it is stopped before. */
  async #open(): Promise<Rendition | undefined> {
    const { clock, url, measures } = this.#options;
    while (!this.#stopping.signal.aborted) {
      this.#lines ??= openLines(this.#target);
      try {
        return await openMultivariant(this.#lines, url, (bytes) => {
          measures.answer('playlist', bytes, clock.monotonicMs());
        });
      } catch (error) {
        if (this.#stopping.signal.aborted) break;
        measures.error(`playlist: ${kindOf(error)}`);
        await sleep(clock, RETRY_MS, this.#stopping.signal);
      }
    }
    return undefined;
  }
}

/** Connections of the wanted kind; nothing connects before it is used. */
export function openLines(target: LineTarget): Lines {
  return target.h2 ? openHttp2Lines(target) : openHttp1Lines(target);
}

/** The first request of a viewer. @throws TransferError, RefusedError or PlaylistError */
export async function openMultivariant(
  lines: Lines,
  url: URL,
  onAnswer: (bytes: number) => void = () => {},
): Promise<Rendition> {
  const answer = await lines.playlist.get(`${url.pathname}${url.search}`, true);
  onAnswer(answer.bytes);
  if (answer.status !== 200) throw new RefusedError(answer.status);
  return parseMultivariant(textOf(answer));
}
