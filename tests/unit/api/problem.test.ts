import { describe, expect, it } from 'vitest';
import { problemOf, toAppError } from '../../../src/api/problem.ts';
import { FfmpegError, NotFoundError, UnavailableError } from '../../../src/errors.ts';

describe('a problem body', () => {
  it('tells the peer what they did', () => {
    expect(problemOf(new NotFoundError('room_not_found', 'There is no such room.'), 'urn:uuid:1')).toEqual({
      type: 'about:blank',
      title: 'Not Found',
      status: 404,
      code: 'room_not_found',
      detail: 'There is no such room.',
    });
  });

  it('tells what we depend on, but not what we did', () => {
    expect(problemOf(new UnavailableError('redis', 'Redis is gone.'), 'urn:uuid:1')).toMatchObject({
      detail: 'Redis is gone.',
    });
    const own = problemOf(new FfmpegError('secret'), 'urn:uuid:1');
    expect(own).toMatchObject({ instance: 'urn:uuid:1', code: 'ffmpeg' });
    expect(JSON.stringify(own)).not.toContain('secret');
  });

  it('says that the disk is full, whoever noticed', () => {
    for (const code of ['ENOSPC', 'ERR_SQLITE_ERROR']) {
      const thrown = Object.assign(new Error('database or disk is full'), { code });
      const problem = problemOf(toAppError(thrown), 'urn:uuid:1');
      expect(problem).toMatchObject({
        status: 507,
        code: 'disk_full',
        detail: expect.stringMatching(/free some space/),
      });
    }
  });

  it.each([['a string'], [null], [new Error('x')], [{ status: 400, message: 'not ours' }]])(
    'of %j is one of ours',
    (thrown) => {
      expect(toAppError(thrown)).toMatchObject({ status: 500, code: 'internal', expose: false, cause: thrown });
    },
  );
});
