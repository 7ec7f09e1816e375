import { describe, expect, it } from 'vitest';
import { randomRoomId } from '../../../src/api/room-id.ts';

describe('a made-up room id', () => {
  it('can be said aloud and is another one each time', () => {
    const ids = Array.from({ length: 200 }, randomRoomId);
    for (const id of ids)
      expect(id).toMatch(/^[^aeiou][aeiou][^aeiou]-[^aeiou][aeiou][^aeiou][aeiou]-[^aeiou][aeiou][^aeiou]$/);
    expect(new Set(ids).size).toBe(200);
  });
});
