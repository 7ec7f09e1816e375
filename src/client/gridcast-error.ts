/** What every method of the client rejects with. Works in browsers, and in Node. */

/** An answer that is not the one wanted. `message` is a sentence for people, with a remedy. */
export class GridcastError extends Error {
  /** The server's own name for it, stable, `snake_case`: branch on it. `unreachable` when there was no answer. */
  readonly code: string;
  /** HTTP status, 0 when there was no answer. */
  readonly status: number;
  /** For how long to wait before another try, seconds, where the server says so. */
  readonly retryAfter: number | undefined;
  /** Which field of the request is at fault, such as `door.opensAt`, where the server says so. */
  readonly field: string | undefined;

  constructor(
    detail: string,
    status: number,
    code: string,
    more: { retryAfter?: number; field?: string; cause?: unknown } = {},
  ) {
    super(detail, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = 'GridcastError';
    this.status = status;
    this.code = code;
    this.retryAfter = more.retryAfter;
    this.field = more.field;
  }

  /** The sentence for people. */
  get detail(): string {
    return this.message;
  }

  /** No token, or one that does not hold or does not suffice. */
  get unauthorized(): boolean {
    return this.status === 401 || this.status === 403;
  }

  /** Whether the same request may work later: there was no answer, too many asked, or the server has a fault. */
  get temporary(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/** An RFC 9457 problem body as an error; `status` speaks when the body says nothing. `retryAfter` in seconds. */
export function errorOfProblem(body: unknown, status: number, retryAfter?: number): GridcastError {
  const fields: Record<string, unknown> = typeof body === 'object' && body !== null ? { ...body } : {};
  const text = (key: string): string => (typeof fields[key] === 'string' ? fields[key] : '');
  const detail = text('detail') || text('title') || `The server answered with status ${status}; try again in a moment.`;
  const code = text('code') || (text('type').split(/[/#:]/).at(-1) ?? '');
  const field = text('field');
  return new GridcastError(detail, status, code, {
    ...(retryAfter !== undefined && { retryAfter }),
    ...(field !== '' && { field }),
  });
}
