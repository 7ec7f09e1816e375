/** What the origin answers, without the HTTP; and how long caches may keep it. */
import { gzipSync } from 'node:zlib';

/** An answer; bodies are shared by everybody who asks for the same. */
export interface OriginAnswer {
  readonly status: 200 | 400 | 404 | 503;
  readonly contentType: string;
  readonly cacheControl: string;
  readonly body: Uint8Array | string;
  readonly gzip?: Uint8Array;
  /** With its quotes: what this address shows is another thing from time to time. */
  readonly etag?: string;
}

const PLAYLIST_TYPE = 'application/vnd.apple.mpegurl';
const WORDS_TYPE = 'text/plain; charset=utf-8';
// Media never change, and have addresses of their own; an hour is longer than anybody asks for them.
const MEDIA_CACHE = 'public, max-age=3600, immutable';

/** A playlist, compressed once for everybody; `maxAge` in seconds. */
export function playlistAnswer(text: string, maxAge: number): OriginAnswer {
  return textAnswer(PLAYLIST_TYPE, text, maxAge);
}

/** Any text that is worth compressing; `maxAge` in seconds. */
export function textAnswer(contentType: string, text: string, maxAge: number): OriginAnswer {
  const cacheControl = `public, max-age=${maxAge}`;
  return { status: 200, contentType, cacheControl, body: text, gzip: gzipSync(text) };
}

/** The same for as long as caches may keep it otherwise. */
export function agedAnswer(answer: OriginAnswer, maxAge: number): OriginAnswer {
  return { ...answer, cacheControl: `public, max-age=${maxAge}` };
}

/** Media of an immutable address. */
export function mediaAnswer(body: Uint8Array, contentType = 'video/mp4'): OriginAnswer {
  return { status: 200, contentType, cacheControl: MEDIA_CACHE, body };
}

/** A picture that another one takes the place of; `maxAge` in seconds. */
export function posterAnswer(body: Uint8Array, etag: string, maxAge: number): OriginAnswer {
  return { status: 200, contentType: 'image/jpeg', cacheControl: `public, max-age=${maxAge}`, body, etag };
}

/** No answer is kept that may be another one in a moment. */
export function refusal(status: 400 | 404 | 503, words: string): OriginAnswer {
  return { status, contentType: WORDS_TYPE, cacheControl: 'no-store', body: words };
}
