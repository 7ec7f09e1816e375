/** Uploads that resume: tus 1.0 (https://tus.io/protocols/resumable-upload) over the files of rooms. */
import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import { Server } from '@tus/server';
import { AppError, BadRequestError, ConflictError, LimitError, NotFoundError } from '../errors.ts';
import type { FilePerson } from '../protocol/files.ts';
import type { Clock } from '../util/clock.ts';
import type { ByteCheck } from './file-bytes.ts';
import type { StoredFile } from './file-store.ts';
import type { RoomFiles } from './room-files.ts';
import { TusStore } from './tus-store.ts';
import { UploadLocks } from './upload-lock.ts';

/** A request that was let in. */
export interface TusRequest {
  readonly method: 'POST' | 'HEAD' | 'PATCH';
  readonly headers: IncomingHttpHeaders;
  readonly body: Readable;
  readonly room: string;
  readonly by: FilePerson;
  /** Rejects when they were sent out since the request was let in. */
  readonly mayShare: () => Promise<void>;
  /** Absent while one is begun. */
  readonly file?: StoredFile;
}

/** What to answer. */
export interface TusAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** In every answer, refusals too. */
export const TUS_HEADERS = { 'Tus-Resumable': '1.0.0' } as const;
/** What a client is told that asks what there is. */
export const TUS_ABILITIES = {
  ...TUS_HEADERS,
  'Tus-Version': '1.0.0',
  'Tus-Extension': 'creation,creation-with-upload,termination,expiration,checksum',
  'Tus-Checksum-Algorithm': 'sha1,sha256',
} as const;

/** Headers of the library's answers that are passed on; its others would open the door to every page of the web. */
const TOLD = ['location', 'upload-offset', 'upload-length', 'upload-metadata', 'cache-control'];
const DIGEST_BYTES = { sha1: 20, sha256: 32 } as const;

/** One per server. */
export class TusDoor {
  readonly #files: RoomFiles;
  readonly #locks: UploadLocks;

  constructor(files: RoomFiles, clock: Clock) {
    this.#files = files;
    this.#locks = new UploadLocks(clock);
  }

  /** @throws AppError for whatever the protocol or the limits refuse; then the rest of the body has not been read. */
  async handle(asked: TusRequest): Promise<TusAnswer> {
    const { method, headers, body, room, by, mayShare, file } = asked;
    const check = byteCheck(headers['upload-checksum']);
    const path = `/api/rooms/${room}/files`;
    const over = new AbortController();
    const cut = (): void => void body.destroy();
    const source = body.iterator({ destroyOnReturn: false });
    let failure: unknown;
    const store = new TusStore({
      files: this.#files,
      room,
      by,
      mayShare,
      file,
      check,
      source,
      cut,
      signal: over.signal,
    });
    const server = new Server({
      path,
      relativeLocation: true,
      datastore: store,
      locker: this.#locks.locker(() => over.abort()),
      ...(file && { getFileIdFromRequest: () => file.id }),
      onResponseError: (_request, error) => {
        failure = error;
        return undefined;
      },
    });
    const url = `http://localhost${path}${file ? `/${file.id}` : ''}`;
    const response = await server.handleWeb(new Request(url, { method, headers: plain(headers) }));
    if (failure instanceof AppError) throw failure;
    if (failure !== undefined && (body.errored || body.destroyed)) throw cutOff(failure);
    if (response.status >= 400) throw refusal(response.status, await response.text(), failure);
    const told = TOLD.flatMap((name) => {
      const value = response.headers.get(name);
      return value === null ? [] : [[name, value] as const];
    });
    const answer = { ...Object.fromEntries(told), ...TUS_HEADERS, ...expiry(store.file, answeredOffset(response)) };
    return { status: response.status, headers: answer };
  }
}

/** Bytes that have arrived, as the answer tells; undefined for a file that was only begun. */
function answeredOffset({ headers }: Response): number | undefined {
  const offset = headers.get('upload-offset');
  return offset === null ? undefined : Number(offset);
}

/** When what is not complete goes. */
function expiry(file: StoredFile | undefined, offset: number | undefined): Record<string, string> {
  if (!file || file.completed || file.expires === undefined || (offset ?? 0) === file.size) return {};
  return { 'Upload-Expires': new Date(file.expires).toUTCString() };
}

function cutOff(cause: unknown): AppError {
  const message = 'The connection was lost, or another one took over; what has arrived is kept.';
  return new BadRequestError('upload_cut', message, cause);
}

/** What the header Upload-Checksum says. @throws BadRequestError `bad_checksum` */
function byteCheck(header: string | string[] | undefined): ByteCheck | undefined {
  if (header === undefined) return undefined;
  const [algorithm = '', digest = ''] = String(header).trim().split(/ +/);
  if (algorithm === 'sha1' || algorithm === 'sha256') {
    const bytes = Buffer.from(digest, 'base64');
    if (bytes.byteLength === DIGEST_BYTES[algorithm]) return { algorithm, digest: bytes };
  }
  const message = 'Upload-Checksum is not understood; send "sha1" or "sha256", a space, and the digest in Base64.';
  throw new BadRequestError('bad_checksum', message);
}

/** Only what the protocol is made of: the rest is none of the library's business, and a token least of all. */
function plain(headers: IncomingHttpHeaders): [string, string][] {
  return Object.entries(headers).flatMap(([name, value]): [string, string][] => {
    const known = name.startsWith('upload-') || ['tus-resumable', 'content-type', 'content-length'].includes(name);
    return known && value !== undefined && name !== 'upload-checksum' ? [[name, String(value)]] : [];
  });
}

/** What the library refuses, in our words. @param failure what it stumbled over, if it was not the request */
function refusal(status: number, text: string, failure: unknown): AppError {
  const reason = text.trim().replace(/\.$/, '');
  switch (status) {
    case 412: {
      const message = 'Send the header "Tus-Resumable: 1.0.0": uploads speak tus 1.0.';
      return new AppError(message, { code: 'tus_version', fault: 'client', status });
    }
    case 404:
    case 410:
      return new NotFoundError('file_not_found', 'This file is gone; begin it again.');
    case 409:
      return new ConflictError('offset_mismatch', 'The upload continues at another byte; ask with HEAD which.');
    case 413:
      return new LimitError('too_many_bytes', 'More bytes came than were announced; begin a new upload.', 413);
    case 400:
    case 403:
      return new BadRequestError('bad_upload', `The upload request is invalid: ${reason}.`, failure);
    case 501:
      return new BadRequestError('bad_upload', 'Say with Upload-Length how many bytes there will be.', failure);
    default:
      return new AppError('An upload failed.', { code: 'internal', fault: 'server', status: 500, cause: failure });
  }
}
