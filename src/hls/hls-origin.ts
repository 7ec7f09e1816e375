/** Answers HLS requests for every room that is or was just live. */
import type { Clock, Disposer } from '../util/clock.ts';
import { type OriginAnswer, refusal } from './answers.ts';
import type { LiveStream } from './live-stream.ts';
import { readIndexWishes } from './offer.ts';
import type { Thumbnails } from './thumbnails.ts';

/** Viewers are some seconds behind, or have gone back; they get the end of a session for this long. */
const KEEP_ENDED_MS = 600_000;
const POSTER_FILE = 'poster.jpg';

/** One per server. */
export class HlsOrigin {
  readonly #clock: Clock;
  readonly #streams = new Map<string, LiveStream>();
  readonly #thumbnails = new Map<string, Thumbnails>();
  readonly #timers = new Map<string, Disposer>();
  /** Lets go of the files of ended sessions. */
  readonly #files = new Map<string, Disposer>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Requests that wait for what is to come. */
  get waiting(): number {
    return [...this.#streams.values()].reduce((sum, stream) => sum + stream.waiting, 0);
  }

  /** From now on the room's URLs show this session. */
  open(roomId: string, stream: LiveStream, thumbnails?: Thumbnails): void {
    this.#forgetTimer(roomId);
    this.#streams.set(roomId, stream);
    if (thumbnails) this.#thumbnails.set(roomId, thumbnails);
    else this.#thumbnails.delete(roomId);
  }

  /**
   * The session is over; its end stays for those who are still watching.
   * @param files lets go of the session's files, which the stream may read until then; without it they may be gone already
   */
  end(roomId: string, stream: LiveStream, files?: Disposer): void {
    const shown = this.#streams.get(roomId) === stream;
    stream.end(shown && files !== undefined);
    if (!shown) {
      files?.();
      return;
    }
    this.#forgetTimer(roomId);
    if (files) this.#files.set(roomId, files);
    this.#timers.set(
      roomId,
      this.#clock.after(KEEP_ENDED_MS, () => this.#remove(roomId)),
    );
  }

  /** The room is gone, and with it the end of its session. */
  drop(roomId: string): void {
    this.#streams.get(roomId)?.end();
    this.#remove(roomId);
  }

  /** Lets everybody go who waits. */
  close(): void {
    for (const roomId of [...this.#timers.keys()]) this.#forgetTimer(roomId);
    for (const stream of this.#streams.values()) stream.end();
    this.#streams.clear();
    this.#thumbnails.clear();
  }

  /** `path` is what follows `/hls/ROOM/`; `signal` aborts when nobody waits for the answer any more. */
  async get(roomId: string, path: string, query: URLSearchParams, signal?: AbortSignal): Promise<OriginAnswer> {
    const stream = this.#streams.get(roomId);
    if (!stream) return refusal(404, 'Nothing is live in this room.');
    if (path === POSTER_FILE) return this.#poster(roomId, stream);
    if (path === 'index.m3u8') return stream.multivariant(readIndexWishes(query));
    const [session, file, ...rest] = path.split('/');
    if (session !== stream.sessionId || !file || rest.length > 0) return refusal(404, 'This session is over.');
    return this.#thumbnails.get(roomId)?.get(file) ?? stream.get(file, query, signal);
  }

  /** A picture of what is live; none afterwards: nobody is to believe that they could still come. */
  async #poster(roomId: string, stream: LiveStream): Promise<OriginAnswer> {
    const pictures = stream.ended ? undefined : this.#thumbnails.get(roomId);
    return (await pictures?.poster()) ?? refusal(404, 'Nothing is live in this room.');
  }

  #remove(roomId: string): void {
    this.#forgetTimer(roomId);
    this.#streams.delete(roomId);
    this.#thumbnails.delete(roomId);
  }

  #forgetTimer(roomId: string): void {
    this.#timers.get(roomId)?.();
    this.#timers.delete(roomId);
    this.#files.get(roomId)?.();
    this.#files.delete(roomId);
  }
}
