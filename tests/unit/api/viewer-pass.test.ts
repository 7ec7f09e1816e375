import { describe, expect, it } from 'vitest';
import { MAX_KEPT_PASSES, ViewerPasses } from '../../../src/api/viewer-pass.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';

const HOUR_MS = 3_600_000;
const secret = new Uint8Array(32).fill(7);

function setUp(): { clock: FakeClock; passes: ViewerPasses; startMs: number } {
  const clock = new FakeClock();
  return { clock, passes: new ViewerPasses({ secret, clock }), startMs: clock.wallMs() };
}

/** The pass of somebody whose token never ends. */
function issued(passes: ViewerPasses, room = 'hall', version = '1', untilMs = Number.POSITIVE_INFINITY): string {
  const pass = passes.issue(room, version, untilMs);
  if (pass === undefined) throw new Error('There is no pass.');
  return pass;
}

describe('the pass of a viewer', () => {
  it('is a part of an address that needs no escape, and opens the room that it is for', () => {
    const { passes } = setUp();
    const pass = issued(passes);
    expect(pass).toMatch(/^[A-Za-z0-9_-]{32}$/);
    expect(passes.verify(pass, 'hall', '1')).toEqual({ ok: true, seconds: 3600 });
  });

  it('is the same for all of an hour, and another one in the next', () => {
    const { clock, passes, startMs } = setUp();
    clock.advance(1);
    const first = issued(passes);
    clock.advance(HOUR_MS - 1);
    expect(issued(passes, 'hall', '1', startMs + 4 * HOUR_MS)).toBe(first);
    clock.advance(1);
    expect(issued(passes)).not.toBe(first);
  });

  it('holds for one to two hours, to the millisecond', () => {
    const { clock, passes } = setUp();
    clock.advance(1);
    const pass = issued(passes);
    clock.advance(2 * HOUR_MS - 2);
    expect(passes.verify(pass, 'hall', '1')).toEqual({ ok: true, seconds: expect.closeTo(0.001, 6) });
    clock.advance(1);
    expect(passes.verify(pass, 'hall', '1')).toEqual({ ok: false, reason: 'expired' });
  });

  it('never outlives the token that it is for', () => {
    const { clock, passes, startMs } = setUp();
    const pass = issued(passes, 'hall', '1', startMs + 60_999);
    expect(pass).not.toBe(issued(passes));
    clock.advance(59_999);
    expect(passes.verify(pass, 'hall', '1')).toMatchObject({ ok: true });
    clock.advance(1);
    expect(passes.verify(pass, 'hall', '1')).toEqual({ ok: false, reason: 'expired' });
  });

  it.each([
    { ms: -1, why: 'that has ended' },
    { ms: 0, why: 'that ends now' },
    { ms: 999, why: 'with less than a second left' },
  ])('is not given for a token $why', ({ ms }) => {
    const { passes, startMs } = setUp();
    expect(passes.issue('hall', '1', startMs + ms)).toBeUndefined();
  });

  it('is worth nothing in another room, under other rules, or with another secret', () => {
    const { clock, passes } = setUp();
    const pass = issued(passes);
    const others = new ViewerPasses({ secret: new Uint8Array(32).fill(8), clock });
    const invalid = { ok: false, reason: 'invalid' };
    expect(passes.verify(pass, 'attic', '1')).toEqual(invalid);
    expect(passes.verify(pass, 'hall', '2')).toEqual(invalid);
    expect(others.verify(pass, 'hall', '1')).toEqual(invalid);
    // Room and version must not run into one another.
    expect(passes.verify(issued(passes, 'a', 'b,c'), 'a,b', 'c')).toEqual(invalid);
  });

  it('holds no longer for whoever changes any of it', () => {
    const { clock, passes } = setUp();
    const pass = issued(passes);
    for (let at = 0; at < pass.length; at += 1) {
      const changed = pass.slice(0, at) + (pass[at] === 'A' ? 'B' : 'A') + pass.slice(at + 1);
      expect(passes.verify(changed, 'hall', '1')).toEqual({ ok: false, reason: 'invalid' });
    }
    clock.advance(3 * HOUR_MS);
    // Not even the reason tells whether there ever was such a pass.
    expect(passes.verify(`${pass.slice(0, -1)}*`, 'hall', '1')).toEqual({ ok: false, reason: 'invalid' });
  });

  it('is looked up the second time, with the same outcome', () => {
    const { clock, passes } = setUp();
    const pass = issued(passes);
    for (const time of [1, 2]) {
      expect([time, passes.verify(pass, 'hall', '1')]).toEqual([time, { ok: true, seconds: 3600 }]);
      expect(passes.verify(`${pass.slice(0, -1)}${pass.endsWith('A') ? 'B' : 'A'}`, 'hall', '1').ok).toBe(false);
      expect(passes.verify(pass, 'hall', '2').ok).toBe(false);
    }
    expect(passes.kept).toBe(1);
    clock.advance(HOUR_MS);
    expect(passes.verify(pass, 'hall', '1')).toEqual({ ok: false, reason: 'expired' });
  });

  it('is one of so many that are kept; one more pushes the oldest out, which still holds', () => {
    const { passes } = setUp();
    const all = Array.from({ length: MAX_KEPT_PASSES + 1 }, (_, room) => issued(passes, `r${room}`));
    for (const [room, pass] of all.slice(0, -1).entries()) passes.verify(pass, `r${room}`, '1');
    expect(passes.kept).toBe(MAX_KEPT_PASSES);
    expect(passes.verify(all.at(-1) ?? '', `r${MAX_KEPT_PASSES}`, '1')).toMatchObject({ ok: true });
    expect(passes.verify(all[0] ?? '', 'r0', '1')).toMatchObject({ ok: true });
    expect(passes.kept).toBe(MAX_KEPT_PASSES);
  });

  it.each(['', 'A'.repeat(31), 'A'.repeat(33), `${'A'.repeat(31)}=`, `${'A'.repeat(31)}+`, `${'A'.repeat(31)}\n`])(
    'is never "%s"',
    (text) => {
      expect(setUp().passes.verify(text, 'hall', '1')).toEqual({ ok: false, reason: 'invalid' });
    },
  );
});
