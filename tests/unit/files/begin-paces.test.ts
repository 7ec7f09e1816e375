import { describe, expect, it } from 'vitest';
import { BeginPaces } from '../../../src/files/begin-paces.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';

const refusal = expect.objectContaining({ code: 'too_fast' });

describe('files that somebody begins', () => {
  it('are twenty at once and one a second, of each person in each room', () => {
    const clock = new FakeClock();
    const paces = new BeginPaces(clock);
    const begin = (room = 'hall', owner = 'ann'): void => paces.begin(room, owner);
    for (let file = 0; file < 20; file += 1) begin();
    expect(() => begin()).toThrow(refusal);
    begin('den');
    begin('hall', 'ben');
    clock.advance(999);
    expect(() => begin()).toThrow(refusal);
    clock.advance(1);
    begin();
    expect(() => begin()).toThrow(refusal);
  });
});
