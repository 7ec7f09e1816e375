/** Requests as players make them: kept connections, gzip, TLS with HTTP/2 where it is offered; and when what came. */
import { once } from 'node:events';
import { Agent, type IncomingMessage, request as requestPlain } from 'node:http';
import { type ClientHttp2Session, type ClientHttp2Stream, connect as connectHttp2 } from 'node:http2';
import { type Readable, finished } from 'node:stream';
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
  readonly ca?: string;
}

const HEADERS = { 'accept-encoding': 'gzip', origin: 'https://player.example' } as const;
/** Longer than any answer is held. */
const PATIENCE_MS = 30_000;

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

  async #askHttp1(url: URL, { method = 'GET', headers, signal }: AskOptions): Promise<Answer> {
    const startedMs = performance.now();
    const timeout = AbortSignal.timeout(PATIENCE_MS);
    const sent = requestPlain(url, {
      method,
      agent: this.#agent,
      headers: { ...HEADERS, ...headers },
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    // Awaited below; one that comes later is told by the response.
    sent.on('error', () => {}).end();
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    const all = Object.entries(response.headers).map(([name, value]) => [name, String(value)] as const);
    return received(response, response.statusCode ?? 0, Object.fromEntries(all), startedMs);
  }

  async #askHttp2(url: URL, { method = 'GET', headers, signal }: AskOptions): Promise<Answer> {
    const startedMs = performance.now();
    const session = await this.#session(url.origin);
    const timeout = AbortSignal.timeout(PATIENCE_MS);
    const path = { ':method': method, ':path': `${url.pathname}${url.search}` };
    const stream: ClientHttp2Stream = session.request(
      { ...path, ...HEADERS, ...headers },
      { endStream: true, signal: signal ? AbortSignal.any([signal, timeout]) : timeout },
    );
    stream.on('error', () => {});
    const [head] = (await once(stream, 'response')) as [Record<string, unknown>];
    const all = Object.entries(head).map(([name, value]) => [name, String(value)] as const);
    return received(stream, Number(head[':status']), Object.fromEntries(all), startedMs);
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

async function received(
  stream: Readable,
  status: number,
  headers: Readonly<Record<string, string>>,
  startedMs: number,
): Promise<Answer> {
  const chunks: Uint8Array[] = [];
  let firstByteMs: number | undefined;
  stream.on('data', (chunk: Uint8Array) => {
    firstByteMs ??= performance.now();
    chunks.push(chunk);
  });
  await new Promise<void>((resolve, reject) => {
    finished(stream, { writable: false }, (error) => (error ? reject(error) : resolve()));
  });
  const endedMs = performance.now();
  const coded = Buffer.concat(chunks);
  const body = headers['content-encoding'] === 'gzip' && coded.byteLength > 0 ? gunzipSync(coded) : coded;
  return { status, headers, body, startedMs, firstByteMs: firstByteMs ?? endedMs, endedMs };
}
