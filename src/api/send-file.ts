/** Files from disk over HTTP: whole, in part, or only their description. */
import { constants, type FileHandle, open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { Context } from 'koa';
import { AppError, NotFoundError, UnavailableError } from '../errors.ts';
import { decideRange, type Validators } from './byte-range.ts';

interface Described {
  readonly contentType: string;
  readonly cacheControl: string;
}

/** What to send and how to call it. */
export interface FileToSend extends Described {
  readonly path: string;
  /** What the file is known to be; from the file itself when absent. */
  readonly known?: { readonly etag: string; readonly modifiedAt: Date; readonly size: number };
}

/** The same of bytes that need not lie in a file. */
export interface SourceToSend extends Described {
  readonly source: {
    /** Strong, without quotes. */
    readonly etag: string;
    readonly modifiedAt: Date;
    /** Bytes. */
    readonly size: number;
    /** Both ends inclusive; who gets the stream destroys it. */
    read(span: { readonly start: number; readonly end: number }): Promise<Readable>;
  };
}

// A symbolic link or a named pipe in place of the file must neither lead elsewhere nor block.
const READ_FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/**
 * Answers a GET or HEAD. The file is closed when the answer is out, also when the peer went away.
 * @throws NotFoundError `file_missing`, UnavailableError `file_damaged`, AppError 412 or 416.
 */
export async function sendFile(ctx: Context, file: FileToSend): Promise<void> {
  const handle = await openFile(file.path);
  let owned = true;
  try {
    const stats = await handle.stat();
    if (!stats.isFile()) throw missing();
    if (file.known && file.known.size !== stats.size) {
      throw new UnavailableError('file_damaged', 'This file is damaged; have the archive made again.');
    }
    const { size } = stats;
    const etag = `"${file.known?.etag ?? `${size.toString(16)}-${Math.round(stats.mtimeMs).toString(16)}`}"`;
    const range = describe(ctx, file, { size, modifiedAt: file.known?.modifiedAt ?? stats.mtime, etag });
    if (range === undefined || ctx.method === 'HEAD') return;
    // The stream closes the handle at its end or when destroyed, which koa does when the response closes.
    ctx.body = handle.createReadStream({ start: range.start, end: range.end });
    owned = false;
  } finally {
    if (owned) await handle.close();
  }
}

/** The same for bytes from anywhere. @throws what `read` throws; AppError 412 or 416. */
export async function sendSource(ctx: Context, sent: SourceToSend): Promise<void> {
  const { etag, modifiedAt, size } = sent.source;
  const range = describe(ctx, sent, { etag: `"${etag}"`, modifiedAt, size });
  if (range === undefined || ctx.method === 'HEAD') return;
  ctx.body = await sent.source.read(range);
}

/** Sets status and headers; the bytes to send, or undefined when there are none. */
function describe(
  ctx: Context,
  file: Described,
  validators: Validators,
): { readonly start: number; readonly end: number } | undefined {
  const { etag, modifiedAt, size } = validators;
  ctx.set('ETag', etag);
  ctx.set('Last-Modified', modifiedAt.toUTCString());
  ctx.set('Accept-Ranges', 'bytes');
  ctx.set('Cache-Control', file.cacheControl);
  const decision = decideRange(ctx.method, ctx.req.headers, validators);
  switch (decision.kind) {
    case 'not-modified':
      ctx.status = 304;
      return undefined;
    case 'precondition-failed':
      throw problem(412, 'precondition_failed', 'The file is not the one you mean; load it again from its start.');
    case 'unsatisfiable':
      ctx.set('Content-Range', `bytes */${size}`);
      throw problem(416, 'range_not_satisfiable', `The file has ${size} bytes; ask for a range within them.`);
    case 'partial':
      ctx.status = 206;
      ctx.set('Content-Range', `bytes ${decision.start}-${decision.end}/${size}`);
      break;
    case 'full':
      ctx.status = 200;
  }
  const { start, end } = decision.kind === 'partial' ? decision : { start: 0, end: size - 1 };
  ctx.set('Content-Type', file.contentType);
  if (size === 0) {
    ctx.body = '';
    return undefined;
  }
  ctx.length = end - start + 1;
  return { start, end };
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, READ_FLAGS);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP' || code === 'ENXIO') throw missing();
    throw error;
  }
}

function missing(): NotFoundError {
  return new NotFoundError('file_missing', 'This file does not exist; see the list of files for the ones that do.');
}

function problem(status: number, code: string, message: string): AppError {
  return new AppError(message, { code, fault: 'client', status });
}
