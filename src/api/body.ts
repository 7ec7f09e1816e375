/** Request bodies: JSON objects, or plain bytes, of a bounded size. */
import type { IncomingMessage } from 'node:http';
import { Http2ServerRequest } from 'node:http2';
import { bodyParser } from '@koa/bodyparser';
import type { Context } from 'koa';
import { AppError, BadRequestError, LimitError } from '../errors.ts';
import type { Clock } from '../util/clock.ts';

/** Largest body in bytes, after unpacking. */
export const MAX_BODY_BYTES = 64 * 1024;

/** Bytes that are received of a body that nobody wants. */
export const MAX_LEFT_BYTES = 16 * 1024 * 1024;
/** The same in milliseconds. */
const MAX_LEFT_MS = 5000;

const parse = bodyParser({ enableTypes: ['json'], jsonLimit: MAX_BODY_BYTES });

/** The parsed body, `{}` when there is none. @throws BadRequestError, LimitError (413), AppError (415). */
export async function readBody(ctx: Context): Promise<unknown> {
  if (!hasBody(ctx)) return {};
  // Forms and plain text cross origins without a preflight; insisting on JSON keeps other sites from posting here.
  if (ctx.request.type.trim().toLowerCase() !== 'application/json')
    throw unsupported('Send the body as JSON with "Content-Type: application/json".');
  try {
    await parse(ctx, async () => {});
  } catch (error) {
    throw explain(error);
  }
  return ctx.request.body;
}

/**
 * The bytes of the body as they are, whatever the sender calls them. A body that is too large is still received, up to
 * twice `maxBytes`: who is cut off while sending hardly ever gets to read why.
 * @throws `tooLarge()` beyond `maxBytes`.
 */
export async function readBytes(ctx: Context, maxBytes: number, tooLarge: () => Error): Promise<Uint8Array> {
  if ((ctx.request.length ?? 0) > 2 * maxBytes) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of ctx.req) {
    size += (chunk as Buffer).byteLength;
    if (size > 2 * maxBytes) throw tooLarge();
    if (size <= maxBytes) chunks.push(chunk as Buffer);
    else chunks.length = 0;
  }
  if (size > maxBytes) throw tooLarge();
  return Buffer.concat(chunks);
}

/**
 * Receives the rest of a body that nobody wants, as far as that takes little: who is cut off while sending hardly ever gets to
 * read why. What is beyond ends with the connection.
 */
export async function leaveBody(ctx: Context, clock: Clock): Promise<void> {
  const { req } = ctx;
  if (req.complete || req.destroyed) return;
  const { promise: enough, resolve } = Promise.withResolvers<void>();
  let size = 0;
  req.on('data', (chunk: Buffer) => {
    size += chunk.byteLength;
    if (size > MAX_LEFT_BYTES) resolve();
  });
  for (const event of ['end', 'close', 'error']) req.once(event, () => resolve());
  const cancel = clock.after(MAX_LEFT_MS, resolve);
  await enough;
  cancel();
  // HTTP/2 ends only the stream.
  if (!req.complete && req.httpVersionMajor < 2) ctx.set('Connection', 'close');
}

function hasBody(ctx: Context): boolean {
  if (ctx.req.headers['transfer-encoding'] !== undefined || (ctx.request.length ?? 0) > 0) return true;
  // HTTP/2 needs neither header: a body is what comes after the headers.
  const request: IncomingMessage | Http2ServerRequest = ctx.req;
  return ctx.request.length === undefined && request instanceof Http2ServerRequest && !request.stream.endAfterHeaders;
}

function explain(error: unknown): AppError {
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  if (status === 413) {
    return new LimitError('body_too_large', `The body is larger than ${MAX_BODY_BYTES} bytes; send less.`, 413);
  }
  if (status === 415) return unsupported('The encoding of the body is unknown; send it as UTF-8, plain or gzipped.');
  return new BadRequestError('invalid_json', 'The body is no JSON object; correct it and send it again.', error);
}

function unsupported(message: string): AppError {
  return new AppError(message, { code: 'unsupported_body', fault: 'client', status: 415 });
}
