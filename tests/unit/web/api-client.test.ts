import { describe, expect, it } from 'vitest';
import { problemToError } from '../../../web/api-client.ts';

describe('problemToError', () => {
  it('says what the problem body says', () => {
    const body = {
      type: 'about:blank',
      title: 'Conflict',
      status: 409,
      code: 'room_exists',
      detail: 'Choose another id.',
    };
    const error = problemToError(body, 409);
    expect([error.message, error.status, error.code]).toEqual(['Choose another id.', 409, 'room_exists']);
  });

  it.each([undefined, null, 'Bad gateway', [], { detail: 7 }])('has a sentence of its own for %j', (body) => {
    expect(problemToError(body, 502).message).toBe('The server answered with status 502; try again in a moment.');
  });

  it('tells a refusal by its status', () => {
    expect([401, 403, 404].map((status) => problemToError({}, status).unauthorized)).toEqual([true, true, false]);
  });
});
