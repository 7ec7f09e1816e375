import { describe, expect, it } from 'vitest';
import { CLOSE_CODES } from '../../../../src/protocol/close-codes.ts';
import { describeClose } from '../../../../web/transport/close-words.ts';

describe('describeClose', () => {
  it('has a title and a remedy for every code', () => {
    for (const code of [...Object.values(CLOSE_CODES), 1006, 4999]) {
      const { title, detail } = describeClose(code);
      expect(title, String(code)).toMatch(/^[A-Z].+[a-z]$/);
      expect(detail, String(code)).toMatch(/\.$/);
    }
  });

  it('tells a full room by what the server said', () => {
    const problem = describeClose(1013, { code: 'room_full', message: 'The room holds at most 16 people.' });
    expect(problem).toEqual({ title: 'The room is full', detail: 'The room holds at most 16 people.', retry: true });
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
