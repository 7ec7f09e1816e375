/** A viewer's connection of HTTP/1.1, kept alive: as small as it can be, because hundreds of them share a thread. */
import { type Socket, connect, isIP } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { messageOf } from '../../errors.ts';
import {
  ANSWER_TIMEOUT_MS,
  type Line,
  type LineAnswer,
  type Lines,
  type LineTarget,
  REQUEST_HEADERS,
  TransferError,
} from './line.ts';
import { ResponseReader } from './response-reader.ts';

/** Most that is read in one go of what the kernel has received. */
const READ_BYTES = 64 * 1024;

interface Waiting {
  readonly reader: ResponseReader;
  readonly resolve: (answer: LineAnswer) => void;
  readonly reject: (error: TransferError) => void;
}

/** Two connections of their own. */
export function openHttp1Lines(target: LineTarget): Lines {
  const buffer = new Uint8Array(READ_BYTES);
  const [playlist, media] = [new Http1Line(target, buffer), new Http1Line(target, buffer)];
  return {
    playlist,
    media,
    close: () => {
      playlist.close();
      media.close();
    },
  };
}

/** One connection. */
export class Http1Line implements Line {
  readonly #target: LineTarget;
  readonly #fields: string;
  readonly #buffer: Uint8Array;
  #socket: Socket | undefined;
  #waiting: Waiting | undefined;
  #closed = false;

  constructor(target: LineTarget, buffer: Uint8Array) {
    this.#target = target;
    this.#buffer = buffer;
    const headers = Object.entries({ host: target.origin.host, ...REQUEST_HEADERS });
    this.#fields = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  }

  get(path: string, keep: boolean): Promise<LineAnswer> {
    return new Promise((resolve, reject) => {
      if (this.#closed || this.#waiting) {
        reject(new TransferError('cut', this.#closed ? 'the viewer has gone' : 'a request is on its way'));
        return;
      }
      this.#waiting = { reader: new ResponseReader(keep), resolve, reject };
      this.#socket ??= this.#connect();
      this.#socket.write(`GET ${path} HTTP/1.1\r\n${this.#fields}\r\n`);
    });
  }

  close(): void {
    this.#closed = true;
    this.#fail(new TransferError('cut', 'the viewer has gone'));
  }

  #connect(): Socket {
    const { origin, insecure } = this.#target;
    const host = origin.hostname.replace(/^\[|\]$/g, '');
    const secure = origin.protocol === 'https:';
    const port = Number(origin.port || (secure ? 443 : 80));
    const name = isIP(host) === 0 ? { servername: host } : {};
    // One buffer for everything that comes: media of hundreds would keep the collector busy.
    const onread = {
      buffer: this.#buffer,
      callback: (length: number, buffer: Uint8Array) => {
        this.#take(Buffer.from(buffer.buffer, buffer.byteOffset, length));
        return true;
      },
    };
    const socket = secure
      ? connectTls({ host, port, ...name, rejectUnauthorized: !insecure, ALPNProtocols: ['http/1.1'] })
      : connect({ host, port, onread });
    let connected = false;
    socket.setNoDelay(true);
    socket.setTimeout(ANSWER_TIMEOUT_MS);
    socket.once(secure ? 'secureConnect' : 'connect', () => {
      connected = true;
    });
    const lost = (error: TransferError): void => {
      if (this.#socket === socket) this.#fail(error);
    };
    if (secure) socket.on('data', (chunk: Buffer) => this.#take(chunk));
    socket.on('timeout', () => {
      if (this.#waiting) lost(new TransferError('timeout', `no answer in ${ANSWER_TIMEOUT_MS / 1000} s`));
    });
    socket.on('error', (error) => lost(new TransferError(connected ? 'cut' : 'connect', error.message, error)));
    socket.on('close', () => {
      if (this.#socket === socket && this.#waiting?.reader.end()) this.#answer(this.#waiting);
      else lost(new TransferError('cut', 'the server has closed the connection'));
    });
    return socket;
  }

  #take(chunk: Buffer): void {
    const waiting = this.#waiting;
    try {
      if (!waiting) throw new TransferError('malformed', 'an answer came that nobody had asked for');
      if (waiting.reader.push(chunk)) this.#answer(waiting);
    } catch (error) {
      this.#fail(error instanceof TransferError ? error : new TransferError('malformed', messageOf(error)));
    }
  }

  #answer({ reader, resolve }: Waiting): void {
    this.#waiting = undefined;
    if (reader.close) this.#drop();
    resolve(reader.answer);
  }

  #fail(error: TransferError): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    this.#drop();
    waiting?.reject(error);
  }

  #drop(): void {
    this.#socket?.destroy();
    this.#socket = undefined;
  }
}
