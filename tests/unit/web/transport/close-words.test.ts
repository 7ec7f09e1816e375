import { describe, expect, it } from 'vitest';
import { CLOSE_CODES } from '../../../../src/protocol/close-codes.ts';
import { describeClose } from '../../../../web/transport/close-words.ts';

describe('describeClose', () => {
  it('has a title and a remedy for every code', () => {
    const codes = [...Object.values(CLOSE_CODES), 1006, 4999];
    const wordless = codes.filter((code) => {
      const { title, detail } = describeClose(code);
      return !/^[A-Z].+[a-z]$/.test(title) || !detail.endsWith('.');
    });
    expect(wordless).toEqual([]);
  });

  it('tells a full room by what the server said', () => {
    const problem = describeClose(1013, { code: 'room_full', message: 'The room holds at most 16 people.' });
    expect(problem).toMatchObject({
      title: 'The room is full',
      detail: 'The room holds at most 16 people.',
      retry: true,
    });
  });

  it.each([
    ['token_revoked', 'Your link was taken back'],
    ['token_earlier_room', 'Your link is for an earlier room'],
    ['invite_used_up', 'This link has been used up'],
    ['signed_out', 'You are signed out'],
  ])('offers no second try with what holds no more: %s', (code, title) => {
    const message = 'This holds no more; ask a host of the room for another.';
    expect(describeClose(4403, { code, message })).toEqual({
      title,
      detail: message,
      retry: false,
      code: `closed.${code}`,
    });
  });

  it.each([
    ['removed', 'A host has removed you from this room'],
    ['banned', 'You are kept out of this room'],
  ])('says that somebody was %s, in the server’s words', (code, title) => {
    const message = 'Ask them for another invite.';
    expect(describeClose(4403, { code, message })).toMatchObject({ title, detail: message });
  });

  it('keeps for how long one waits, for words in other languages', () => {
    const message = 'That was tried too often; wait 9 seconds, then try again.';
    expect(describeClose(4429, { code: 'too_many_attempts', message, retryAfter: 9 })).toMatchObject({ waitS: 9 });
  });

  it('repeats the server’s sentence for what it does not know itself', () => {
    expect(describeClose(4400, { code: 'bad_frame', message: 'The frame is broken.' }).detail).toBe(
      'The frame is broken.',
    );
  });

  it('offers no second try where it would be in vain', () => {
    expect(describeClose(CLOSE_CODES.unauthorized).retry).toBe(false);
    expect(describeClose(CLOSE_CODES.roomEnded).retry).toBe(false);
    expect(describeClose(CLOSE_CODES.conflict).retry).toBe(true);
  });
});
