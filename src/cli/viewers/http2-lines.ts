/** A viewer's connection of HTTP/2: playlist and media share it. */
import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  connect,
  constants,
  type IncomingHttpHeaders,
  type IncomingHttpStatusHeader,
} from 'node:http2';
import {
  ANSWER_TIMEOUT_MS,
  type Line,
  type LineAnswer,
  type Lines,
  type LineTarget,
  MAX_KEPT_BYTES,
  REQUEST_HEADERS,
  TransferError,
} from './line.ts';

/** Connections in a row that refuse a request before it counts as an error. */
const MAX_REFUSALS = 3;

/** Over TLS as browsers do it, and without TLS where the server is known to speak HTTP/2. */
export function openHttp2Lines(target: LineTarget): Lines {
  const connection = new Http2Connection(target);
  const line: Line = { get: (path, keep) => connection.get(path, keep), close: () => connection.close() };
  return { playlist: line, media: line, close: () => connection.close() };
}

/** Connects when it is first used, and again after it was cut. */
class Http2Connection {
  readonly #target: LineTarget;
  /** The newest one, for new requests. */
  #session: ClientHttp2Session | undefined;
  /** Others may be finishing what they carry. */
  readonly #sessions = new Set<ClientHttp2Session>();
  #connected = false;
  #closed = false;

  constructor(target: LineTarget) {
    this.#target = target;
  }

  /** What a connection refuses that is about to end was not looked at, so it is asked for again (RFC 9113 section 8.7). */
  async get(path: string, keep: boolean): Promise<LineAnswer> {
    for (let attempt = 1; attempt <= MAX_REFUSALS; attempt += 1) {
      const answer = await this.#get(path, keep);
      if (answer !== 'refused') return answer;
    }
    throw new TransferError('cut', 'the server refuses requests');
  }

  #get(path: string, keep: boolean): Promise<LineAnswer | 'refused'> {
    return new Promise((resolve, reject) => {
      if (this.#closed) {
        reject(new TransferError('cut', 'the viewer has gone'));
        return;
      }
      this.#session ??= this.#connect();
      const session = this.#session;
      const stream = session.request({ ':path': path, ...REQUEST_HEADERS });
      const fail = (error: TransferError): void => {
        reject(error);
        stream.close(constants.NGHTTP2_CANCEL);
      };
      stream.setTimeout(ANSWER_TIMEOUT_MS, () => {
        fail(new TransferError('timeout', `no answer in ${ANSWER_TIMEOUT_MS / 1000} s`));
      });
      stream.on('error', (error) => {
        if (stream.rstCode === constants.NGHTTP2_REFUSED_STREAM) {
          // The same connection would refuse again.
          if (this.#session === session) this.#session = undefined;
          resolve('refused');
          return;
        }
        fail(new TransferError(this.#connected ? 'cut' : 'connect', error.message, error));
      });
      receive(stream, keep, resolve, fail);
    });
  }

  close(): void {
    this.#closed = true;
    this.#session = undefined;
    for (const session of this.#sessions) session.destroy();
  }

  #connect(): ClientHttp2Session {
    const { origin, insecure } = this.#target;
    this.#connected = false;
    const session = connect(origin, { rejectUnauthorized: !insecure });
    session.once('connect', () => {
      this.#connected = true;
    });
    const lost = (): void => {
      if (this.#session === session) this.#session = undefined;
    };
    session.on('error', lost);
    session.on('goaway', lost);
    session.on('close', () => {
      lost();
      this.#sessions.delete(session);
    });
    this.#sessions.add(session);
    return session;
  }
}

function receive(
  stream: ClientHttp2Stream,
  keep: boolean,
  resolve: (answer: LineAnswer) => void,
  fail: (error: TransferError) => void,
): void {
  let head: (IncomingHttpHeaders & IncomingHttpStatusHeader) | undefined;
  const kept: Buffer[] = [];
  let bytes = 0;
  stream.on('response', (headers) => {
    head = headers;
  });
  stream.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (!keep) return;
    if (bytes > MAX_KEPT_BYTES) fail(new TransferError('malformed', 'the answer is too large'));
    else kept.push(chunk);
  });
  stream.on('end', () => {
    const length = head?.['content-length'];
    if (!head) fail(new TransferError('cut', 'the server has closed the connection'));
    else if (length !== undefined && Number(length) !== bytes) fail(new TransferError('cut', 'the answer broke off'));
    else {
      const gzip = head['content-encoding'] === 'gzip';
      resolve({ status: head[':status'] ?? 0, bytes, body: Buffer.concat(kept), gzip });
    }
  });
  stream.on('close', () => fail(new TransferError('cut', 'the server has closed the connection')));
}
