import { describe, expect, it } from 'vitest';
import { Door, heardOut } from './door.ts';

describe('what somebody says to being recorded', () => {
  it('may change to yes five times at once, and not once more, and to no at any time', async () => {
    const door = await Door.open();
    const { control, welcome } = await door.join();
    const bob = await door.join();
    const rosters = (): number => bob.control.messages.filter(({ type }) => type === 'roster').length;
    const consent = () => door.room.find(welcome.participant)?.consent;
    const flip = async (times: number): Promise<void> => {
      for (let index = 0; index < times; index += 1) {
        control.say({ type: 'consent', given: true });
        control.say({ type: 'consent', given: false });
      }
      await heardOut(control);
    };
    await flip(4);
    control.say({ type: 'consent', given: true });
    await heardOut(control);
    expect([control.messages.some(({ type }) => type === 'error'), consent()]).toEqual([false, true]);
    control.say({ type: 'consent', given: false });
    await heardOut(control);
    expect(consent()).toBe(false);
    await heardOut(bob.control);
    const before = rosters();
    await flip(40);
    expect(control.messages.findLast(({ type }) => type === 'error')).toMatchObject({ code: 'rate_limited' });
    await heardOut(bob.control);
    expect([rosters() - before, consent()]).toEqual([0, false]);
    door.clock.advance(2000);
    control.say({ type: 'consent', given: true });
    await heardOut(control);
    expect(consent()).toBe(true);
  });

  it('said again costs nothing', async () => {
    const door = await Door.open();
    const { control } = await door.join();
    for (let index = 0; index < 50; index += 1) control.say({ type: 'consent', given: true });
    await heardOut(control);
    expect(control.messages.some(({ type }) => type === 'error')).toBe(false);
  });
});
