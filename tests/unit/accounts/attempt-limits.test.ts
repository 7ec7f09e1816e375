import { describe, expect, it } from 'vitest';
import { AttemptLimits } from '../../../src/accounts/attempt-limits.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';

const refusal = expect.objectContaining({ code: 'too_many_attempts', status: 429 });

describe('AttemptLimits', () => {
  it('allows five attempts a minute for each key, and not one more', () => {
    const clock = new FakeClock();
    const limits = new AttemptLimits({ clock });
    for (let attempt = 0; attempt < 5; attempt++) limits.take('address 1', `account ${attempt}`);
    expect(() => limits.take('address 1', 'account 9')).toThrow(refusal);
    expect(() => limits.take('address 2', 'account 9')).not.toThrow();
    expect(() => limits.take('address 1')).toThrow(expect.objectContaining({ retryAfterS: 12 }));
    expect(() => limits.take('address 1')).toThrow('wait 12 seconds');
    clock.advance(6500);
    expect(() => limits.take('address 1')).toThrow(expect.objectContaining({ retryAfterS: 6 }));
    clock.advance(6000);
    expect(() => limits.take('address 1')).not.toThrow();
    expect(() => limits.take('address 1')).toThrow(refusal);
  });

  it('counts against the account, whatever address a guess comes from', () => {
    const limits = new AttemptLimits({ clock: new FakeClock() });
    for (let attempt = 0; attempt < 5; attempt++) limits.take(`address ${attempt}`, 'account');
    expect(() => limits.take('address 6', 'account')).toThrow(refusal);
  });

  it('does not count who knew it, however often', () => {
    const limits = new AttemptLimits({ clock: new FakeClock() });
    for (let attempt = 0; attempt < 50; attempt++) {
      limits.take('school', `pupil ${attempt}`);
      limits.giveBack('school', `pupil ${attempt}`);
    }
    for (let attempt = 0; attempt < 5; attempt++) limits.take('school');
    expect(() => limits.take('school')).toThrow(refusal);
  });

  it('takes nothing from an account when the address has none left', () => {
    const limits = new AttemptLimits({ clock: new FakeClock() });
    for (let attempt = 0; attempt < 5; attempt++) limits.take('address 1');
    for (let attempt = 0; attempt < 9; attempt++) expect(() => limits.take('address 1', 'account')).toThrow(refusal);
    for (let attempt = 0; attempt < 5; attempt++) limits.take('address 2', 'account');
  });

  it('remembers the guesses at an account, however many others somebody makes up', () => {
    const limits = new AttemptLimits({ clock: new FakeClock(), maxKeys: 12 });
    for (let attempt = 0; attempt < 5; attempt++) limits.take('address 1', 'account');
    for (let attempt = 0; attempt < 5; attempt++) limits.take('address 2', `made up ${attempt}`);
    for (let attempt = 5; attempt < 50; attempt++) {
      expect(() => limits.take('address 2', `made up ${attempt}`)).toThrow(refusal);
    }
    expect(() => limits.take('address 3', 'account')).toThrow(refusal);
  });

  it('remembers as many keys as it is told, and forgets the one that was used longest ago', () => {
    const limits = new AttemptLimits({ clock: new FakeClock(), perMinute: 1, maxKeys: 2 });
    limits.take('a');
    limits.take('b');
    expect(() => limits.take('a')).toThrow(refusal);
    limits.take('c');
    expect(() => limits.take('a')).toThrow(refusal);
    expect(() => limits.take('b')).not.toThrow();
  });
});
