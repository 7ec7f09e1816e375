/** Request bodies: JSON objects of a bounded size. */
import { bodyParser } from '@koa/bodyparser';
import type { Context } from 'koa';
import { AppError, BadRequestError, LimitError } from '../errors.ts';

/** Largest body in bytes, after unpacking. */
export const MAX_BODY_BYTES = 64 * 1024;

const parse = bodyParser({ enableTypes: ['json'], jsonLimit: MAX_BODY_BYTES });

/** The parsed body, `{}` when there is none. @throws BadRequestError, LimitError (413), AppError (415). */
export async function readBody(ctx: Context): Promise<unknown> {
  if (!hasBody(ctx)) return {};
  // Forms and plain text cross origins without a preflight; insisting on JSON keeps other sites from posting here.
  if (!ctx.is('application/json')) throw unsupported('Send the body as JSON with "Content-Type: application/json".');
  try {
    await parse(ctx, async () => {});
  } catch (error) {
    throw explain(error);
  }
  return ctx.request.body;
}

function hasBody(ctx: Context): boolean {
  return ctx.req.headers['transfer-encoding'] !== undefined || (ctx.request.length ?? 0) > 0;
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
