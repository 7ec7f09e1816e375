/** Sends one file into a room with tus 1.0, over however many connections it takes. */
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { AppError, UnavailableError } from '../../errors.ts';
import type { FileView } from '../../protocol/files.ts';
import type { Clock } from '../../util/clock.ts';
import type { FileApi } from './file-api.ts';
import { stubbornly } from './stubborn.ts';
import type { TransferProgress } from './transfer-line.ts';

/** Options of a sender. */
export interface FileSenderOptions {
  readonly api: FileApi;
  readonly path: string;
  readonly name: string;
  readonly type: string;
  /** Bytes. */
  readonly size: number;
  /** Names an upload that was begun before. */
  readonly id: string | undefined;
  /** It is begun, and can be gone on with from now on. */
  readonly onBegun: (id: string) => Promise<void>;
  readonly onPause: (error: unknown) => void;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

const TUS = { 'tus-resumable': '1.0.0' };
/** Bytes of one request: proxies in between hold on to whole requests, and have limits for them. */
const PART_BYTES = 64 * 1024 * 1024;

/** `run` once. */
export class FileSender {
  readonly #options: FileSenderOptions;
  #id: string | undefined;
  /** Bytes that are on their way or there; it never goes back, though some of them may be sent twice. */
  #furthest = 0;
  /** Bytes that were sent in all. */
  #moved = 0;

  constructor(options: FileSenderOptions) {
    this.#options = options;
    this.#id = options.id;
  }

  get progress(): TransferProgress {
    return { done: this.#furthest, total: this.#options.size };
  }

  /** The file as the room has it. @throws AppError with one sentence */
  async run(): Promise<FileView> {
    const { api, size, clock, signal, onPause } = this.#options;
    let arrived = -1;
    const stubborn = { clock, signal, moved: () => this.#moved, arrived: () => arrived, onPause };
    await stubbornly(async (attempt) => {
      arrived = this.#told(await this.#offset(attempt));
      while (arrived < size) arrived = this.#told(await this.#send(arrived, attempt));
    }, stubborn);
    return stubbornly((attempt) => api.find(this.#known, attempt), stubborn);
  }

  #told(offset: number): number {
    this.#furthest = Math.max(this.#furthest, offset);
    this.#moved += 1;
    return offset;
  }

  /** Bytes that have arrived; begins the upload where there is none. */
  async #offset(signal: AbortSignal): Promise<number> {
    const { api } = this.#options;
    if (this.#id !== undefined) {
      try {
        const answer = await api.call(api.address(this.#id), { method: 'HEAD', headers: TUS, signal });
        return offsetOf(answer);
      } catch (error) {
        // Expired, deleted, or of somebody else who had this file before: then it is begun anew.
        if (!(error instanceof AppError) || ![403, 404, 410].includes(error.status)) throw error;
        this.#id = undefined;
      }
    }
    await this.#begin(signal);
    return 0;
  }

  async #begin(signal: AbortSignal): Promise<void> {
    const { api, name, type, size, onBegun } = this.#options;
    const metadata = `filename ${base64(name)},filetype ${base64(type)}`;
    const headers = { ...TUS, 'upload-length': String(size), 'upload-metadata': metadata };
    const answer = await api.call(api.address(), { method: 'POST', headers, signal });
    const id = answer.headers.get('location')?.split('/').at(-1);
    if (id === undefined || !/^[A-Za-z0-9_-]{1,64}$/.test(id)) throw strange();
    this.#id = id;
    await onBegun(id);
  }

  /** One request; gives how many bytes there are then. */
  async #send(offset: number, signal: AbortSignal): Promise<number> {
    const { api, path, size } = this.#options;
    const end = Math.min(size, offset + PART_BYTES);
    const file = createReadStream(path, { start: offset, end: end - 1 });
    let at = offset;
    const counted = async function* (this: FileSender): AsyncGenerator<Uint8Array> {
      for await (const chunk of file as AsyncIterable<Uint8Array>) {
        yield chunk;
        // Asked for the next one: this one is on its way.
        at += chunk.byteLength;
        this.#moved += chunk.byteLength;
        this.#furthest = Math.max(this.#furthest, at);
      }
    };
    const headers = {
      ...TUS,
      'upload-offset': String(offset),
      'content-type': 'application/offset+octet-stream',
      'content-length': String(end - offset),
    };
    try {
      const body = Readable.toWeb(Readable.from(counted.call(this))) as ReadableStream<Uint8Array>;
      const answer = await api.call(api.address(this.#known), { method: 'PATCH', headers, body, signal });
      const now = offsetOf(answer);
      if (now <= offset) throw strange();
      return now;
    } finally {
      file.destroy();
    }
  }

  get #known(): string {
    if (this.#id !== undefined) return this.#id;
    throw new TypeError('Nothing has been begun');
  }
}

function offsetOf(answer: Response): number {
  const offset = Number(answer.headers.get('upload-offset') ?? Number.NaN);
  if (Number.isSafeInteger(offset) && offset >= 0) return offset;
  throw strange();
}

function strange(): UnavailableError {
  return new UnavailableError('strange_answer', 'The server, or a proxy in front of it, does not speak tus 1.0.');
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
