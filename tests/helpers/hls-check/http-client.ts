/** Requests as players make them: kept connections, gzip, TLS with HTTP/2 where it is offered; and when what came. */
import { once } from 'node:events';
import { Agent, request as requestPlain } from 'node:http';
import { type ClientHttp2Session, connect as connectHttp2, constants } from 'node:http2';
import type { Readable } from 'node:stream';
import { gunzipSync } from 'node:zlib';

/** An answer with its times, milliseconds of one monotonic clock. */
export interface Answer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Without its content encoding. */
  readonly body: Uint8Array;
  readonly startedMs: number;
  /** The first byte of the body came; that of the head when there is no body. */
  readonly firstByteMs: number;
  readonly endedMs: number;
}

/** What a request may have beside its address. */
export interface AskOptions {
  readonly method?: 'GET' | 'HEAD' | 'OPTIONS';
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** Asks for an address. Rejects when there is no answer, and when the signal aborts. */
export type Ask = (url: string, options?: AskOptions) => Promise<Answer>;

/** The answer as text. */
export function textOf({ body }: Answer): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(body);
}

/** What a client needs to know. */
export interface HttpClientOptions {
  /** Certificates to trust beside the usual ones, PEM. */
  readonly ca?: string | undefined;
}

const HEADERS = { 'accept-encoding': 'gzip', origin: 'https://player.example' } as const;
/** Longer than any answer is held. */
const PATIENCE_MS = 30_000;
/** Connections in a row that refuse a request before it counts as an error. */
const MAX_REFUSALS = 3;

/** Owns its connections; `close` ends them. */
export class HttpClient {
  readonly #options: HttpClientOptions;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 64 });
  readonly #sessions = new Map<string, Promise<ClientHttp2Session>>();

  constructor(options: HttpClientOptions = {}) {
    this.#options = options;
  }

  /** An `Ask`. */
  readonly ask: Ask = (url, options = {}) => {
    const target = new URL(url);
    return target.protocol === 'https:' ? this.#askHttp2(target, options) : this.#askHttp1(target, options);
  };

  async close(): Promise<void> {
    this.#agent.destroy();
    for (const session of this.#sessions.values()) (await session.catch(() => undefined))?.destroy();
    this.#sessions.clear();
  }

  #askHttp1(url: URL, { method = 'GET', headers, signal }: AskOptions): Promise<Answer> {
    const startedMs = performance.now();
    const sent = requestPlain(url, {
      method,
      agent: this.#agent,
      headers: { ...HEADERS, ...headers },
      signal: limited(signal),
    });
    return new Promise((resolve, reject) => {
      sent.on('error', reject).on('response', (response) => {
        const all = Object.entries(response.headers).map(([name, value]) => [name, String(value)] as const);
        const head = { status: response.statusCode ?? 0, headers: Object.fromEntries(all), startedMs };
        received(response, () => head).then(resolve, reject);
      });
      sent.end();
    });
  }

  /** What a connection refuses that is about to end was not looked at, so it is asked for again (RFC 9113 section 8.7). */
  async #askHttp2(url: URL, options: AskOptions): Promise<Answer> {
    const startedMs = performance.now();
    for (let attempt = 1; attempt <= MAX_REFUSALS; attempt += 1) {
      const answer = await this.#tryHttp2(url, options, startedMs);
      if (answer !== 'refused') return answer;
    }
    throw new Error(`It was refused ${MAX_REFUSALS} times`);
  }

  async #tryHttp2(
    url: URL,
    { method = 'GET', headers, signal }: AskOptions,
    startedMs: number,
  ): Promise<Answer | 'refused'> {
    const session = await this.#session(url.origin);
    const path = { ':method': method, ':path': `${url.pathname}${url.search}` };
    const stream = session.request({ ...path, ...HEADERS, ...headers }, { endStream: true, signal: limited(signal) });
    let head: Head = { status: 0, headers: {}, startedMs };
    stream.once('response', (all) => {
      const told = Object.entries(all).map(([name, value]) => [name, String(value)] as const);
      head = { status: Number(all[':status']), headers: Object.fromEntries(told), startedMs };
    });
    try {
      return await received(stream, () => head);
    } catch (error) {
      if (stream.rstCode !== constants.NGHTTP2_REFUSED_STREAM || head.status !== 0) throw error;
      // The same connection would refuse again.
      this.#sessions.delete(url.origin);
      return 'refused';
    }
  }

  #session(origin: string): Promise<ClientHttp2Session> {
    const known = this.#sessions.get(origin);
    if (known) return known;
    const opening = this.#open(origin);
    this.#sessions.set(origin, opening);
    return opening;
  }

  async #open(origin: string): Promise<ClientHttp2Session> {
    const { ca } = this.#options;
    const session = connectHttp2(origin, ca === undefined ? {} : { ca });
    const forget = (): void => void this.#sessions.delete(origin);
    session.on('close', forget).on('goaway', forget);
    await once(session, 'connect');
    // What goes wrong later is told by each stream.
    session.on('error', forget);
    return session;
  }
}

type Head = Pick<Answer, 'status' | 'headers' | 'startedMs'>;

/** Ends with the caller's signal, and by itself when nothing comes. */
function limited(signal: AbortSignal | undefined): AbortSignal {
  const timeout = AbortSignal.timeout(PATIENCE_MS);
  return signal ? AbortSignal.any([signal, timeout]) : timeout;
}

/** Reads from now on: a stream that nobody reads may be closed before its end is seen. */
function received(stream: Readable, head: () => Head): Promise<Answer> {
  const chunks: Uint8Array[] = [];
  let firstByteMs: number | undefined;
  return new Promise((resolve, reject) => {
    stream.on('data', (chunk: Uint8Array) => {
      firstByteMs ??= performance.now();
      chunks.push(chunk);
    });
    stream.once('end', () => {
      const endedMs = performance.now();
      const coded = Buffer.concat(chunks);
      try {
        const isCoded = head().headers['content-encoding'] === 'gzip' && coded.byteLength > 0;
        const body = isCoded ? gunzipSync(coded) : coded;
        resolve({ ...head(), body, firstByteMs: firstByteMs ?? endedMs, endedMs });
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
    stream.once('error', reject);
    stream.once('close', () => reject(new Error('It was closed before its end')));
  });
}
