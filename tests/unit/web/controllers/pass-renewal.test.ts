import { describe, expect, it, vi } from 'vitest';
import { ViewerPasses } from '../../../../src/api/viewer-pass.ts';
import { PassRenewal, passEndMs } from '../../../../web/controllers/pass-renewal.ts';
import { FakeClock } from '../../../helpers/fake-clock.ts';

/** Patience with a busy machine. */
const WAIT = { timeout: 9000 };

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

function setUp(random = 0) {
  const clock = new FakeClock();
  /** What this computer takes for the server's time, less that. */
  const here = { aheadMs: 0 };
  const passes = new ViewerPasses({ secret: new Uint8Array(32).fill(7), clock });
  const state = { endMs: Number.POSITIVE_INFINITY };
  const given = () => passes.issue('hall', '1', state.endMs) ?? '';
  const load = vi.fn<() => Promise<string>>(
    async () => `#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n~${given()}/s1/live.m3u8\n`,
  );
  const renewal = new PassRenewal({
    load,
    nowMs: () => clock.wallMs() + here.aheadMs,
    after: (ms, fn) => clock.after(ms, fn),
    random: () => random,
  });
  const url = (pass: string) => `https://x.example/hls/hall/~${pass}/s1/live.m3u8?_HLS_msn=1`;
  // In the middle of an hour: the pass holds for one and a half.
  clock.advance(HOUR_MS / 2);
  return { clock, here, passes, state, given, load, renewal, url };
}

describe('the pass of a stream that plays', () => {
  it('tells when it ends', () => {
    const { clock, passes, given } = setUp();
    expect(passEndMs(given())).toBe(clock.wallMs() + 1.5 * HOUR_MS);
    for (const seconds of [1_900_000_000, 1_999_999_999, 2_147_483_648, 4_294_967_295]) {
      clock.advance((seconds - 1) * 1000 - clock.wallMs());
      expect(passEndMs(passes.issue('hall', '1', seconds * 1000) ?? '')).toBe(seconds * 1000);
    }
  });

  it.each([
    { random: 0, leftMs: 55 * MINUTE_MS },
    { random: 0.5, leftMs: 30 * MINUTE_MS },
    { random: 1, leftMs: 5 * MINUTE_MS },
  ])('is replaced $leftMs ms before its end for whoever drew $random, in all addresses', async ({ random, leftMs }) => {
    const { clock, given, load, renewal, url } = setUp(random);
    const first = given();
    expect(renewal.address(url(first))).toBe(url(first));
    clock.advance(1.5 * HOUR_MS - leftMs - 1);
    expect(load).not.toHaveBeenCalled();
    clock.advance(1);
    const second = given();
    expect(second).not.toBe(first);
    await vi.waitFor(() => expect(renewal.address(url(first))).toBe(url(second)), WAIT);
    expect(renewal.address(url(second))).toBe(url(second));
    clock.advance(HOUR_MS);
    await vi.waitFor(() => expect(renewal.address(url(first))).toBe(url(given())), WAIT);
    expect(load).toHaveBeenCalledTimes(2);
    renewal.close();
    expect(clock.pending).toBe(0);
  });

  it.each([-3 * HOUR_MS, -HOUR_MS, HOUR_MS, 3 * HOUR_MS])(
    'is replaced in time when the server’s time is known only after it was taken, and was taken for %i ms more until then',
    async (aheadMs) => {
      const { clock, here, given, load, renewal, url } = setUp(1);
      here.aheadMs = aheadMs;
      const first = given();
      renewal.address(url(first));
      clock.advance(MINUTE_MS);
      await vi.waitFor(() => expect(load).toHaveBeenCalledTimes(aheadMs > HOUR_MS ? 1 : 0), WAIT);
      here.aheadMs = 0;
      for (let minute = 2; minute < 90; minute += 1) {
        renewal.address(url(first));
        clock.advance(MINUTE_MS);
        // What was asked for is answered.
        await new Promise(setImmediate);
      }
      expect(renewal.address(url(first))).not.toBe(url(first));
      renewal.close();
    },
  );

  it.each(['.kX3v9Qm2Lr7a', '.ses-1.u-8Jk3hG5sQ2aZ.3'])('is replaced with what it ends with, %s', async (holder) => {
    const { clock, passes, load, renewal, url } = setUp();
    const given = () => `${passes.issue('hall', `1${holder}`, Number.POSITIVE_INFINITY)}${holder}`;
    load.mockImplementation(async () => `#EXTM3U\n~${given()}/s1/live.m3u8\n`);
    const first = given();
    expect(renewal.address(url(first))).toBe(url(first));
    clock.advance(35 * MINUTE_MS);
    const second = given();
    expect(second).not.toBe(first);
    await vi.waitFor(() => expect(renewal.address(url(first))).toBe(url(second)), WAIT);
    renewal.close();
  });

  it('is asked for again while the server cannot be reached, until it has ended', async () => {
    const { clock, given, load, renewal, url } = setUp();
    const first = given();
    renewal.address(url(first));
    load.mockRejectedValue(new Error('away'));
    clock.advance(35 * MINUTE_MS);
    await vi.waitFor(() => expect(clock.pending).toBe(1), WAIT);
    clock.advance(30_000);
    await vi.waitFor(() => expect(clock.pending).toBe(1), WAIT);
    expect(load).toHaveBeenCalledTimes(2);
    clock.advance(HOUR_MS);
    await vi.waitFor(() => expect(load).toHaveBeenCalledTimes(3), WAIT);
    expect(clock.pending).toBe(0);
    expect(renewal.address(url(first))).toBe(url(first));
  });

  it('is asked for ever more often when there is no later one: clocks differ, or the token ends with it', async () => {
    const { clock, state, given, load, renewal, url } = setUp();
    state.endMs = clock.wallMs() + 4 * MINUTE_MS;
    const first = given();
    renewal.address(url(first));
    for (const [asked, ms] of [0, 2 * MINUTE_MS, MINUTE_MS, MINUTE_MS / 2].entries()) {
      clock.advance(ms);
      expect(load).toHaveBeenCalledTimes(asked + 1);
      await vi.waitFor(() => expect(clock.pending).toBe(asked < 3 ? 1 : 0), WAIT);
    }
    expect(renewal.address(url(first))).toBe(url(first));
    clock.advance(HOUR_MS);
    expect(load).toHaveBeenCalledTimes(4);
  });

  it('is nothing to think of where there is none', () => {
    const { clock, load, renewal } = setUp();
    for (const url of ['https://x.example/hls/hall/s1/live.m3u8', 'https://x.example/hls/hall/~short/a', 'a']) {
      expect(renewal.address(url)).toBe(url);
    }
    clock.advance(3 * HOUR_MS);
    expect([load.mock.calls.length, clock.pending]).toEqual([0, 0]);
  });

  it('is left alone after the end, whatever still comes', async () => {
    const { clock, given, load, renewal, url } = setUp();
    const first = given();
    renewal.address(url(first));
    const answer = Promise.withResolvers<string>();
    load.mockReturnValue(answer.promise);
    clock.advance(35 * MINUTE_MS);
    renewal.close();
    answer.resolve(`~${given()}/s1/live.m3u8`);
    await answer.promise;
    expect(renewal.address(url(first))).toBe(url(first));
    expect(clock.pending).toBe(0);
  });
});
