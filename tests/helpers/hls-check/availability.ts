/** What has left a playlist stays there to be loaded for a while (rfc8216bis section 6.2.2). */
import type { Ask } from './http-client.ts';
import { type Playlist, allSegments, lengthOf, totalLength } from './playlist.ts';
import { type Problem, of } from './problem.ts';

interface Due {
  readonly url: string;
  readonly atMs: number;
  readonly what: string;
}

/** Every so many things that leave are asked for. */
const SAMPLE = 4;
/** Share of how long they must stay: asking at the last moment would be asking too late. */
const SHARE = 0.9;
const MOST = 1000;

/** Watches one playlist; `look` asks for what should still be there. */
export class AvailabilityWatch {
  readonly #url: string;
  readonly #ask: Ask;
  #due: Due[] = [];
  #left = 0;
  #longest = 0;

  constructor(url: string, ask: Ask) {
    this.#url = url;
    this.#ask = ask;
  }

  /** What `after` no longer lists of `before`. @param atMs monotonic time */
  take(before: Playlist, after: Playlist, atMs: number): void {
    this.#longest = Math.max(this.#longest, totalLength(before));
    const listed = new Set(allSegments(after).flatMap(({ uri, parts }) => [uri, ...parts.map((part) => part.uri)]));
    const keep = 3 * after.targetDuration * 1000;
    for (const segment of allSegments(before)) {
      for (const { uri, gap } of segment.parts) if (!gap && !listed.has(uri)) this.#plan(uri, atMs, keep, 'a part');
      const { uri } = segment;
      const stays = (lengthOf(segment) + this.#longest) * 1000;
      if (uri !== undefined && !segment.gap && !listed.has(uri)) this.#plan(uri, atMs, stays, 'a segment');
    }
  }

  /** Asks for what is due. */
  async look(atMs: number): Promise<Problem[]> {
    const due = this.#due.filter((one) => one.atMs <= atMs);
    this.#due = this.#due.filter((one) => one.atMs > atMs);
    const found: Problem[] = [];
    for (const { url, what } of due) {
      const { status } = await this.#ask(url);
      if (status !== 200)
        found.push(of('availability')(`${what} that left the playlist is answered with ${status}: ${url}`));
    }
    return found;
  }

  #plan(uri: string, atMs: number, stayMs: number, what: string): void {
    this.#left += 1;
    if (this.#left % SAMPLE !== 0 || this.#due.length > MOST) return;
    const { href: url } = new URL(uri, this.#url);
    this.#due.push({ url, atMs, what }, { url, atMs: atMs + stayMs * SHARE, what });
  }
}
