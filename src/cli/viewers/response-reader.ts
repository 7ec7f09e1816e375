/** One answer of HTTP/1.1, taken as it comes: pure, keeps nothing of what it is given. A viewer asks for one thing at a time, so there is never more than one. */
import { type LineAnswer, MAX_KEPT_BYTES, TransferError } from './line.ts';

interface Head {
  readonly status: number;
  readonly length: number | undefined;
  readonly chunked: boolean;
  readonly gzip: boolean;
  readonly close: boolean;
}

const MAX_HEAD_BYTES = 32 * 1024;
const MAX_CHUNK_LINE = 1024;
const HEAD_END = Buffer.from('\r\n\r\n');
const LINE_END = Buffer.from('\r\n');
const BODILESS = new Set([204, 304]);

/** Reads until the answer is whole. */
export class ResponseReader {
  readonly #keep: boolean;
  /** What cannot be understood yet. */
  #waiting: Buffer = Buffer.alloc(0);
  #head: Head | undefined;
  readonly #kept: Buffer[] = [];
  #bytes = 0;
  /** Bytes of the body, or of the chunk, that are still to come. */
  #left = 0;
  /** In a chunked body: what comes next. */
  #next: 'size' | 'data' | 'data-end' | 'trailer' = 'size';
  #whole = false;

  /** @param keep whether the body is wanted */
  constructor(keep: boolean) {
    this.#keep = keep;
  }

  /** Whether the connection is of no use afterwards. */
  get close(): boolean {
    return this.#head?.close ?? true;
  }

  /** Takes what came; true when the answer is whole. @throws TransferError when it is none. */
  push(chunk: Buffer): boolean {
    let rest = chunk;
    if (!this.#head) {
      const all = this.#join(rest);
      const end = all.indexOf(HEAD_END);
      if (end < 0) return this.#wait(all, MAX_HEAD_BYTES);
      this.#open(parseHead(all.toString('latin1', 0, end)));
      rest = all.subarray(end + HEAD_END.length);
    }
    if (this.#head?.chunked) this.#chunks(rest);
    else this.#plain(rest);
    return this.#whole;
  }

  /** The other side has closed; true when that ends the answer. */
  end(): boolean {
    const { length, chunked } = this.#head ?? { length: 0, chunked: false };
    this.#whole ||= this.#head !== undefined && length === undefined && !chunked;
    return this.#whole;
  }

  /** What has come. */
  get answer(): LineAnswer {
    const { status = 0, gzip = false } = this.#head ?? {};
    return { status, bytes: this.#bytes, body: Buffer.concat(this.#kept), gzip };
  }

  #open(head: Head): void {
    this.#head = head;
    this.#left = head.length ?? Number.POSITIVE_INFINITY;
    if (!head.chunked && (head.length === 0 || BODILESS.has(head.status))) this.#left = 0;
  }

  #plain(data: Buffer): void {
    if (data.length > this.#left) throw new TransferError('malformed', 'more came than was announced');
    this.#take(data);
    this.#whole = this.#left === 0;
  }

  #chunks(data: Buffer): void {
    let rest = this.#join(data);
    while (!this.#whole && rest.length > 0) {
      if (this.#next === 'data') {
        const part = rest.subarray(0, this.#left);
        this.#take(part);
        rest = rest.subarray(part.length);
        if (this.#left === 0) this.#next = 'data-end';
        continue;
      }
      const end = rest.indexOf(LINE_END);
      if (end < 0) {
        this.#wait(rest, MAX_CHUNK_LINE);
        return;
      }
      this.#line(rest.toString('latin1', 0, end));
      rest = rest.subarray(end + LINE_END.length);
    }
    if (rest.length > 0) throw new TransferError('malformed', 'more came than was announced');
  }

  #line(line: string): void {
    if (this.#next === 'trailer') {
      this.#whole = line === '';
    } else if (this.#next === 'data-end') {
      if (line !== '') throw new TransferError('malformed', 'a chunk is longer than it says');
      this.#next = 'size';
    } else {
      const size = /^([0-9a-f]{1,7})(?:;|\s*$)/i.exec(line)?.[1];
      if (size === undefined) throw new TransferError('malformed', 'a chunk has no size');
      this.#left = Number.parseInt(size, 16);
      this.#next = this.#left === 0 ? 'trailer' : 'data';
    }
  }

  #take(data: Buffer): void {
    this.#bytes += data.length;
    this.#left -= data.length;
    if (!this.#keep || data.length === 0) return;
    if (this.#bytes > MAX_KEPT_BYTES) throw new TransferError('malformed', 'the answer is too large');
    // The reader's buffer is used again for what comes next.
    this.#kept.push(Buffer.from(data));
  }

  #join(data: Buffer): Buffer {
    const all = this.#waiting.length === 0 ? data : Buffer.concat([this.#waiting, data]);
    this.#waiting = Buffer.alloc(0);
    return all;
  }

  #wait(data: Buffer, most: number): false {
    if (data.length > most) throw new TransferError('malformed', 'the answer has no end of its head');
    this.#waiting = Buffer.from(data);
    return false;
  }
}

function parseHead(text: string): Head {
  const [first = '', ...lines] = text.split('\r\n');
  const status = /^HTTP\/1\.[01] (\d{3})/.exec(first)?.[1];
  if (status === undefined) throw new TransferError('malformed', 'the answer is not HTTP/1.1');
  const fields = new Map(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [
        line.slice(0, colon).toLowerCase(),
        line
          .slice(colon + 1)
          .trim()
          .toLowerCase(),
      ];
    }),
  );
  const length = fields.get('content-length');
  if (length !== undefined && !/^\d{1,12}$/.test(length)) throw new TransferError('malformed', 'the length is none');
  return {
    status: Number(status),
    length: length === undefined ? undefined : Number(length),
    chunked: fields.get('transfer-encoding') === 'chunked',
    gzip: fields.get('content-encoding') === 'gzip',
    close: fields.get('connection') === 'close' || first.startsWith('HTTP/1.0'),
  };
}
