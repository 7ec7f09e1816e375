/**
 * Every failure that a caller branches on or a person reads. An error says whose fault it is, and carries the answer for
 * both faces of the server: an HTTP status and a WebSocket close code. Nothing ever matches on message text.
 */
/** `client`: the peer's doing; `server`: ours; `destination`: something we depend on (Redis, a disk, a URL). */
export type Fault = 'client' | 'server' | 'destination';

interface AppErrorOptions {
  /** Stable, machine-readable, `snake_case`. */
  readonly code: string;
  readonly fault: Fault;
  /** HTTP status, 400–599. */
  readonly status: number;
  /** Seconds, at least 1, after which another try may succeed, where that is known. */
  readonly retryAfterS?: number | undefined;
  /** Which field of the request is at fault, such as `door.opensAt`, where it is one. */
  readonly field?: string;
  readonly cause?: unknown;
}

/** Base of the family. `message` is one sentence with cause and remedy, safe to show when `expose` is true. */
export class AppError extends Error {
  readonly code: string;
  readonly fault: Fault;
  readonly status: number;
  readonly retryAfterS: number | undefined;
  readonly field: string | undefined;

  constructor(message: string, options: AppErrorOptions) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = options.code;
    this.fault = options.fault;
    this.status = options.status;
    this.retryAfterS = options.retryAfterS;
    this.field = options.field;
  }

  /** Whether the peer may read `message`: always, unless the fault is ours. */
  get expose(): boolean {
    return this.fault !== 'server';
  }

  /**
   * WebSocket close code: 4000 + the status for a fault of the client (RFC 6455 section 7.4.2 leaves 4000–4999 to us),
   * 1013 "try again later" for 503, else 1011. `protocol/close-codes.ts` names them.
   */
  get closeCode(): number {
    if (this.status < 500) return 4000 + this.status;
    return this.status === 503 ? 1013 : 1011;
  }
}

/** A request or message that cannot be understood or is not allowed in this state. */
export class BadRequestError extends AppError {
  constructor(code: string, message: string, cause?: unknown) {
    super(message, { code, fault: 'client', status: 400, cause });
  }
}

/** A part of a request that does not fit: `invalid_request`. */
export class InvalidRequestError extends AppError {
  /** @param field that is at fault, such as `door.opensAt`; undefined: the whole is. */
  constructor(message: string, field?: string) {
    super(message, {
      code: 'invalid_request',
      fault: 'client',
      status: 400,
      ...(field !== undefined && { field }),
    });
  }
}

/** A peer broke the wire protocol; the socket closes with the given code. */
export class ProtocolError extends AppError {
  constructor(code: string, message: string, status: 400 | 408 | 413 = 400) {
    super(message, { code, fault: 'client', status });
  }
}

/** No token, or one that does not hold. */
export class UnauthorizedError extends AppError {
  constructor(message: string, code = 'unauthorized') {
    super(message, { code, fault: 'client', status: 401 });
  }
}

/** A valid token whose role does not allow this. */
export class ForbiddenError extends AppError {
  constructor(message: string, code = 'forbidden') {
    super(message, { code, fault: 'client', status: 403 });
  }
}

/** The named thing does not exist. */
export class NotFoundError extends AppError {
  constructor(code: string, message: string) {
    super(message, { code, fault: 'client', status: 404 });
  }
}

/** The thing exists, but in a state that does not allow this. */
export class ConflictError extends AppError {
  constructor(code: string, message: string) {
    super(message, { code, fault: 'client', status: 409 });
  }
}

/** A limit of ours is reached: too large, too many or too fast. */
export class LimitError extends AppError {
  constructor(code: string, message: string, status: 413 | 429 | 503 | 507 = 429, retryAfterS?: number) {
    super(message, { code, fault: 'client', status, retryAfterS });
  }
}

/** A key of the configuration is unknown or has a bad value, or the machine lacks something; stops the start. */
export class ConfigError extends AppError {
  constructor(message: string, cause?: unknown) {
    super(message, { code: 'config', fault: 'client', status: 500, cause });
  }
}

/** An FFmpeg process failed; `message` ends with the last lines it printed. */
export class FfmpegError extends AppError {
  constructor(message: string, cause?: unknown) {
    super(message, { code: 'ffmpeg', fault: 'server', status: 500, cause });
  }
}

/** Something we depend on does not answer; the same request may work later. */
export class UnavailableError extends AppError {
  constructor(code: string, message: string, cause?: unknown) {
    super(message, { code, fault: 'destination', status: 503, cause });
  }
}

/** Whether there was no space for what was to be written, as the file system or the database tells it. */
export function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as NodeJS.ErrnoException;
  // The third is Postgres's `disk_full`.
  return code === 'ENOSPC' || code === 'EDQUOT' || code === '53100' || /database or disk is full/.test(error.message);
}

/** Whether it is an error of the file system or of a process with this code, for example `ENOENT`. */
export function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && (error as NodeJS.ErrnoException).code === code;
}

/** The text of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
