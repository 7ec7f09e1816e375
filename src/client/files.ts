/** The files that people share in a room. */
import { GridcastError } from './gridcast-error.ts';
import { Backoff } from './backoff.ts';
import type { Pause } from './timer.ts';
import { apiPath, type CallOptions, type Transport } from './transport.ts';
import type { FileList, SharedFile, TimedLink } from './types.ts';

/** Bytes of one request of an upload: what a cut costs at most. */
const PIECE_BYTES = 8 * 1024 * 1024;
const TUS = { 'tus-resumable': '1.0.0' };

/** A file to be shared. */
export interface FileOrder {
  readonly name: string;
  /** Default: what the Blob says of itself. */
  readonly type?: string;
  readonly data: Blob;
  /** Called after each piece, in bytes; never goes back. */
  readonly onProgress?: (sent: number, total: number) => void;
}

/** Every method rejects with GridcastError. */
export class Files {
  readonly #transport: Transport;
  readonly #pause: Pause | undefined;

  constructor(transport: Transport, pause?: Pause) {
    this.#transport = transport;
    this.#pause = pause;
  }

  /** With how much room there is for more. */
  list(room: string, options?: CallOptions): Promise<FileList> {
    return this.#transport.json('GET', apiPath('rooms', room, 'files'), options);
  }

  get(room: string, file: string, options?: CallOptions): Promise<SharedFile> {
    return this.#transport.json('GET', apiPath('rooms', room, 'files', file), options);
  }

  /** Shares a file, in pieces: goes on after cuts from what has arrived (tus 1.0). */
  async upload(room: string, order: FileOrder, options: CallOptions = {}): Promise<SharedFile> {
    const { name, data, onProgress, type = data.type } = order;
    const metadata = [`filename ${base64(name)}`, ...(type === '' ? [] : [`filetype ${base64(type)}`])].join(',');
    const headers = { ...TUS, 'upload-length': String(data.size), 'upload-metadata': metadata };
    const made = await this.#transport.response('POST', apiPath('rooms', room, 'files'), { ...options, headers });
    const place = made.headers.get('location');
    if (place === null)
      throw new GridcastError('The server did not say where the file goes; try again.', 502, 'bad_answer');
    const backoff = new Backoff(this.#pause);
    const id = place.slice(place.lastIndexOf('/') + 1);
    let sent = 0;
    for (;;) {
      try {
        // What has arrived is the server's to say: a piece may have come in part, and its answer may be lost.
        const from = backoff.failed && sent < data.size ? await this.#offset(place, options) : sent;
        const piece = data.slice(from, from + PIECE_BYTES);
        if (piece.size > 0) {
          const about = { ...TUS, 'upload-offset': String(from), 'content-type': 'application/offset+octet-stream' };
          await this.#transport.empty('PATCH', place, { ...options, body: piece, headers: about });
          backoff.worked();
        }
        if (from + piece.size > sent) {
          sent = from + piece.size;
          onProgress?.(sent, data.size);
        }
        if (sent >= data.size) return await this.get(room, id, options);
      } catch (error) {
        await backoff.after(error, options.signal);
      }
    }
  }

  /** The bytes of a file: the `body` of the answer is a stream. */
  content(room: string, file: string, options?: CallOptions): Promise<Response> {
    return this.#transport.response('GET', apiPath('rooms', room, 'files', file, 'content'), options);
  }

  /** An absolute address of its bytes that needs no token. @param link.ttl seconds, default 60 */
  async link(
    room: string,
    file: string,
    link: { readonly ttl?: number } = {},
    options?: CallOptions,
  ): Promise<TimedLink> {
    const path = apiPath('rooms', room, 'files', file, 'link');
    const made = await this.#transport.json<TimedLink>('POST', path, { ...options, body: link });
    return { ...made, url: this.#transport.absolute(made.url) };
  }

  remove(room: string, file: string, options?: CallOptions): Promise<void> {
    return this.#transport.empty('DELETE', apiPath('rooms', room, 'files', file), { ...options, headers: TUS });
  }

  async #offset(place: string, options: CallOptions): Promise<number> {
    const { headers } = await this.#transport.response('HEAD', place, { ...options, headers: TUS });
    return Number(headers.get('upload-offset') ?? 0);
  }
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
