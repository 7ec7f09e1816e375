import { describe, expect, it } from 'vitest';
import { requiredRoom } from '../../../../src/cli/files/room-option.ts';

describe('--room', () => {
  it.each(['demo', 'A-1_b', 'x'.repeat(64)])('takes %s', (room) => {
    expect(requiredRoom(room)).toBe(room);
  });

  it.each(['', 'two words', '../demo', 'a/b', 'häuschen', 'x'.repeat(65)])(
    'does not take %j, and says what it takes',
    (room) => {
      expect(() => requiredRoom(room)).toThrow(expect.objectContaining({ code: 'usage', status: 400 }));
    },
  );

  it('has to be there', () => {
    expect(() => requiredRoom(undefined)).toThrow('Name the room with --room ID.');
  });
});
