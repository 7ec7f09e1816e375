/** Errors as RFC 9457 problem bodies. */
import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Context, Middleware } from 'koa';
import { AppError, isDiskFull } from '../errors.ts';
import type { Logger } from '../logger.ts';

/** When nobody knows better. */
const RETRY_AFTER_S = 2;

/** The body of every answer from 400 on, with the content type `application/problem+json`. */
export interface Problem {
  /** Always `about:blank`: `code` tells problems apart. */
  readonly type: string;
  /** The phrase of the HTTP status. */
  readonly title: string;
  readonly status: number;
  /** Stable and machine-readable. */
  readonly code: string;
  /** One sentence with cause and remedy. */
  readonly detail: string;
  /** Which field of the request is at fault, such as `door.opensAt`, where it is one. */
  readonly field?: string;
  /** Names this very failure in the server's log; only for faults of the server. */
  readonly instance?: string;
}

/** Anything thrown as an error of ours; what is unknown becomes a fault of the server. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (isDiskFull(error)) {
    const message = 'The disk of the data folder is full, so nothing can be stored; free some space and try again.';
    return new AppError(message, { code: 'disk_full', fault: 'destination', status: 507, cause: error });
  }
  return new AppError('Something unexpected failed.', { code: 'internal', fault: 'server', status: 500, cause: error });
}

/** The body for `error`; `instance` is shown when the error's own words are not for the peer. */
export function problemOf(error: AppError, instance: string): Problem {
  const base = { type: 'about:blank', title: STATUS_CODES[error.status] ?? 'Error', status: error.status };
  const field = error.field === undefined ? {} : { field: error.field };
  if (error.expose) return { ...base, code: error.code, detail: error.message, ...field };
  const detail = `The server failed; its operator finds the cause in the log under ${instance}.`;
  return { ...base, code: error.code, detail, instance };
}

/** Turns whatever later middleware throws into a problem body, and logs faults of ours. */
export function problems(log: Logger): Middleware {
  return async (ctx, next) => {
    try {
      await next();
    } catch (error) {
      answer(ctx, toAppError(error), log);
    }
  };
}

function answer(ctx: Context, error: AppError, log: Logger): void {
  const instance = `urn:uuid:${randomUUID()}`;
  if (error.status >= 500) {
    const cause = error.cause instanceof Error ? error.cause.stack : error.cause;
    log.error('A request failed', { instance, code: error.code, detail: error.message, stack: error.stack, cause });
  }
  // A handler may have prepared an answer before it failed; its validators and lengths are not those of the problem.
  for (const name of ['ETag', 'Last-Modified', 'Content-Disposition', 'Content-Encoding', 'Accept-Ranges']) {
    ctx.remove(name);
  }
  if (error.status === 401) ctx.set('WWW-Authenticate', 'Bearer realm="gridcast"');
  if (error.status === 429 || error.status === 503) ctx.set('Retry-After', String(error.retryAfterS ?? RETRY_AFTER_S));
  // The rest of a body that nobody will read would otherwise have to be received first. HTTP/2 ends only the stream.
  if (error.status === 413 && ctx.req.httpVersionMajor < 2) ctx.set('Connection', 'close');
  ctx.set('Cache-Control', 'no-store');
  ctx.status = error.status;
  ctx.body = JSON.stringify(problemOf(error, instance));
  ctx.set('Content-Type', 'application/problem+json; charset=utf-8');
}
