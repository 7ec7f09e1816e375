/** An origin of one playlist in memory, which keeps every rule about requests but those it is told to break. */
import { gzipSync } from 'node:zlib';
import type { Answer, Ask } from '../../helpers/hls-check/http-client.ts';
import { deltaPlaylist, livePlaylist } from '../../helpers/hls-check/samples.ts';

/** How it fails. */
export type Fault =
  | 'takes anything'
  | 'takes any future'
  | 'refuses the past'
  | 'never waits'
  | 'loses the end of segments'
  | 'minds the order'
  | 'echoes'
  | 'skips too much'
  | 'skips other segments'
  | 'loses waiters'
  | 'knows everything'
  | 'serves an old playlist';

const PART_LIMIT = 6;
const WHOLE = /^\d{1,9}$/;

/** Time goes on when somebody waits: each such request is answered with the state that it waits for. */
export class FakeOrigin {
  readonly url = 'http://fake/s/live.m3u8';
  readonly #fault: Fault | undefined;
  #at = 20 * 4 + 1;
  #aborted = 0;

  constructor(fault?: Fault) {
    this.#fault = fault;
  }

  readonly ask: Ask = async (url, { signal } = {}) => {
    // As over a line: nothing is answered before it was asked for.
    await Promise.resolve();
    const { pathname, search, searchParams: query } = new URL(url);
    if (!pathname.endsWith('.m3u8')) return answer(this.#fault === 'knows everything' ? 200 : 404, '');
    if (this.#fault === 'minds the order' && search.indexOf('_HLS_skip') < search.indexOf('_HLS_msn'))
      query.delete('_HLS_skip');
    const [msn, part] = [query.get('_HLS_msn'), query.get('_HLS_part')];
    if (this.#isRefused(msn, part)) return answer(400, '');
    if (msn !== null && signal) this.#aborted += 1;
    if (msn !== null) this.#wait(Number(msn), part === null ? undefined : Number(part));
    if (msn !== null && this.#fault === 'loses waiters' && this.#aborted > 100) return answer(503, '');
    const text = this.#text(query.has('_HLS_skip'));
    return answer(200, this.#fault === 'echoes' && search !== '' ? text.replaceAll('.m4s', `.m4s${search}`) : text);
  };

  get #edge(): { open: number; parts: number } {
    return { open: Math.floor(this.#at / 4), parts: this.#at % 4 };
  }

  #isRefused(msn: string | null, part: string | null): boolean {
    if (msn === null) return part !== null && this.#fault !== 'takes anything';
    if ([msn, part].some((text) => text !== null && !WHOLE.test(text))) return this.#fault !== 'takes anything';
    const { open, parts } = this.#edge;
    if (Number(part) > 3 && this.#fault === 'loses the end of segments') return true;
    if (Number(msn) < open - 1) return this.#fault === 'refuses the past';
    const isFar = Number(msn) > open + 1 || (Number(msn) === open && Number(part) > parts - 1 + PART_LIMIT);
    return isFar && this.#fault !== 'takes any future';
  }

  #wait(msn: number, part: number | undefined): void {
    if (this.#fault === 'never waits') return;
    const inSegment = part === undefined || part > 3 ? 4 : part + 1;
    const wanted = part !== undefined && part > 3 ? (msn + 1) * 4 + 1 : msn * 4 + inSegment;
    // Only what is near is waited for; the rest is refused before.
    this.#at = Math.max(this.#at, Math.min(wanted, this.#at + 12));
  }

  #text(skip: boolean): string {
    const state = { first: 4, ...this.#edge };
    if (this.#fault === 'serves an old playlist') return livePlaylist({ ...state, open: 4 + (this.#at % 3), parts: 0 });
    if (!skip) return livePlaylist(state);
    const delta = deltaPlaylist(state);
    if (this.#fault === 'skips too much')
      return delta.replace(/#EXT-X-PROGRAM[^#]*#EXTINF.*\n.*\n/, '').replace(/SEGMENTS=(\d+)/, more);
    return this.#fault === 'skips other segments' ? delta.replaceAll('segment-', 'other-') : delta;
  }
}

function more(_: string, count: string): string {
  return `SEGMENTS=${Number(count) + 1}`;
}

function answer(status: number, text: string): Answer {
  const times = { startedMs: 0, firstByteMs: 0, endedMs: 0 };
  return {
    status,
    headers: { 'content-length': String(gzipSync(text).byteLength) },
    body: Buffer.from(text),
    ...times,
  };
}
