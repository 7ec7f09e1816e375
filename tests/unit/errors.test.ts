import { describe, expect, it } from 'vitest';
import {
  AppError,
  BadRequestError,
  ConfigError,
  ConflictError,
  FfmpegError,
  ForbiddenError,
  isCode,
  isDiskFull,
  LimitError,
  messageOf,
  NotFoundError,
  ProtocolError,
  UnauthorizedError,
  UnavailableError,
} from '../../src/errors.ts';
import { CLOSE_CODES } from '../../src/protocol/close-codes.ts';

const table: readonly (readonly [AppError, { status: number; close: number; expose: boolean }])[] = [
  [new BadRequestError('bad', 'x'), { status: 400, close: CLOSE_CODES.protocolError, expose: true }],
  [new ProtocolError('bad_frame', 'x'), { status: 400, close: CLOSE_CODES.protocolError, expose: true }],
  [new ProtocolError('hello_timeout', 'x', 408), { status: 408, close: CLOSE_CODES.helloTimeout, expose: true }],
  [new ProtocolError('too_large', 'x', 413), { status: 413, close: CLOSE_CODES.tooLarge, expose: true }],
  [new UnauthorizedError('x'), { status: 401, close: CLOSE_CODES.unauthorized, expose: true }],
  [new ForbiddenError('x'), { status: 403, close: CLOSE_CODES.forbidden, expose: true }],
  [new NotFoundError('no_room', 'x'), { status: 404, close: CLOSE_CODES.notFound, expose: true }],
  [new ConflictError('exists', 'x'), { status: 409, close: CLOSE_CODES.conflict, expose: true }],
  [new LimitError('too_fast', 'x'), { status: 429, close: CLOSE_CODES.limit, expose: true }],
  [new LimitError('too_large', 'x', 413), { status: 413, close: CLOSE_CODES.tooLarge, expose: true }],
  [new LimitError('room_full', 'x', 503), { status: 503, close: CLOSE_CODES.tryAgainLater, expose: true }],
  [new UnavailableError('redis', 'x'), { status: 503, close: CLOSE_CODES.tryAgainLater, expose: true }],
  [new ConfigError('x'), { status: 500, close: CLOSE_CODES.internal, expose: true }],
  [new FfmpegError('x'), { status: 500, close: CLOSE_CODES.internal, expose: false }],
];

describe('AppError', () => {
  it.each(table)('answers %s over HTTP and WebSocket alike', (error, { status, close, expose }) => {
    expect(error.status).toBe(status);
    expect(error.closeCode).toBe(close);
    expect(error.expose).toBe(expose);
  });

  it('is named after its class and is an Error', () => {
    const error = new NotFoundError('no_room', 'There is no such room.');
    expect(error).toBeInstanceOf(AppError);
    expect(error).toBeInstanceOf(Error);
    expect(String(error)).toBe('NotFoundError: There is no such room.');
  });

  it('keeps the cause, and has none where none was given', () => {
    const cause = new Error('ECONNREFUSED');
    expect(new UnavailableError('redis', 'x', cause).cause).toBe(cause);
    expect('cause' in new UnavailableError('redis', 'x')).toBe(false);
  });
});

describe('a limit', () => {
  it('says when to come again, where that is known', () => {
    expect(new LimitError('slow', 'x', 429, 7).retryAfterS).toBe(7);
    expect(new LimitError('slow', 'x').retryAfterS).toBeUndefined();
  });
});

describe('an error of the system', () => {
  const coded = (code: string): Error => Object.assign(new Error('x'), { code });

  it('is known by its code', () => {
    expect(isCode(coded('ENOENT'), 'ENOENT')).toBe(true);
    for (const other of [coded('EACCES'), new Error('ENOENT'), { code: 'ENOENT' }, 'ENOENT', null, undefined]) {
      expect(isCode(other, 'ENOENT')).toBe(false);
    }
  });

  it.each<[unknown, boolean]>([
    [coded('ENOSPC'), true],
    [coded('EDQUOT'), true],
    [coded('53100'), true],
    [new Error('database or disk is full'), true],
    [coded('EIO'), false],
    [{ code: 'ENOSPC' }, false],
    [undefined, false],
  ])('tells of a full disk: %o %s', (error, full) => {
    expect(isDiskFull(error)).toBe(full);
  });
});

describe('messageOf', () => {
  it('gives the text of anything that was thrown', () => {
    expect(messageOf(new Error('broken'))).toBe('broken');
    expect(messageOf('text')).toBe('text');
    expect(messageOf(undefined)).toBe('undefined');
  });
});
