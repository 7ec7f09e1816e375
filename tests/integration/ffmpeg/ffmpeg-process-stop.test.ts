import { existsSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { faults } from '../../helpers/fake-ffmpeg.ts';
import { allGone, isAlive } from '../mixer/processes.ts';
import { supervise, superviseUnread } from './supervised.ts';

/** Patience with a busy machine. */
const WAIT = { timeout: 9000 };

const GRACE_MS = 1000;

describe('stop', () => {
  it('is enough to end a program that reads its input to the end', async () => {
    const clock = new FakeClock();
    const { process, lines } = await supervise(faults.readsInput, { clock, graceMs: GRACE_MS });
    process.input.write(new Uint8Array(100_000));
    expect(process.stopRequested).toBe(false);
    const stopped = process.stop();
    expect(process.stopRequested).toBe(true);
    // No time passed: no signal was needed.
    expect(await stopped).toMatchObject({ kind: 'stopped', code: 0, signal: null });
    expect(lines.map(Number)).toEqual([100_000]);
    expect(clock.pending).toBe(0);
  });

  it('gives the same promise however often it is called, and the result that `exit` gives', async () => {
    const { process } = await supervise(faults.readsInput);
    const first = process.stop();
    expect(process.stop()).toBe(first);
    const result = await first;
    expect(process.stop()).toBe(first);
    expect(await process.exit).toBe(result);
  });

  it('says SIGINT when the end of the input did not help', async () => {
    const clock = new FakeClock();
    const { process, printed } = await supervise(faults.endsAtInt, { clock, graceMs: GRACE_MS });
    await printed(1);
    const stopped = process.stop();
    await clock.run(GRACE_MS);
    expect(await stopped).toMatchObject({ kind: 'stopped', code: 255 });
    expect(clock.pending).toBe(0);
  });

  it('says SIGTERM when SIGINT did not help', async () => {
    const clock = new FakeClock();
    const { process, printed } = await supervise(faults.endsAtTerm, { clock, graceMs: GRACE_MS });
    await printed(1);
    const stopped = process.stop();
    await clock.run(2 * GRACE_MS, GRACE_MS);
    expect(await stopped).toMatchObject({ kind: 'stopped', code: 7 });
  });

  it('kills the whole group when nothing polite helps, and not before', async () => {
    const clock = new FakeClock();
    const { process, lines, printed } = await supervise(faults.ignoresSignals, { clock, graceMs: GRACE_MS });
    await printed(2);
    const [leader = 0, child = 0] = lines.map(Number);
    expect(leader).toBe(process.pid);
    const stopped = process.stop();
    await clock.run(3 * GRACE_MS - 1, GRACE_MS - 1);
    expect([leader, child].map(isAlive)).toEqual([true, true]);
    await clock.run(GRACE_MS);
    expect(await stopped).toMatchObject({ kind: 'killed', code: null, signal: 'SIGKILL' });
    await allGone([leader, child]);
  });

  it('ends a program that writes more than anybody reads', async () => {
    const clock = new FakeClock();
    const process = await superviseUnread('head -c 1000000 /dev/zero', { clock, graceMs: GRACE_MS });
    expect(await process.stop()).toMatchObject({ kind: 'stopped', code: 0 });
  });

  it('kills a program that writes for ever without a reader', async () => {
    const started = Promise.withResolvers<void>();
    const process = await superviseUnread(faults.floodsOutput, { graceMs: 50, onStderrLine: () => started.resolve() });
    // Before it has said so, a polite signal would end it.
    await started.promise;
    expect(await process.stop()).toMatchObject({ kind: 'killed', signal: 'SIGKILL' });
    expect(existsSync(`/proc/${process.pid}`)).toBe(false);
  });

  it('does not wait for a reader that has paused', async () => {
    const clock = new FakeClock();
    const { process, printed } = await supervise(faults.floodsOutput, { clock, graceMs: GRACE_MS });
    await printed(1);
    process.output.pause();
    const stopped = process.stop();
    await clock.run(3 * GRACE_MS, GRACE_MS);
    await vi.waitFor(() => expect(isAlive(process.pid ?? 0)).toBe(false), WAIT);
    await vi.waitFor(async () => {
      await clock.run(GRACE_MS);
      expect(process.output.destroyed).toBe(true);
    }, WAIT);
    expect(await stopped).toMatchObject({ kind: 'killed' });
  });

  it('may come at the very moment of the end', async () => {
    const moments: ((stop: () => void) => void)[] = [
      (stop) => stop(),
      (stop) => queueMicrotask(stop),
      (stop) => process.nextTick(stop),
      (stop) => setImmediate(stop),
      (stop) => setImmediate(() => setImmediate(stop)),
    ];
    for (const moment of moments) {
      const clock = new FakeClock();
      const { process: child } = await supervise('exit 0', { clock, graceMs: GRACE_MS });
      moment(() => void child.stop());
      expect(await child.exit).toMatchObject({ kind: 'stopped', code: 0 });
      expect(await child.stop()).toBe(await child.exit);
      expect(clock.pending).toBe(0);
    }
    const { process: child } = await supervise('echo now; exit 3');
    child.output.once('data', () => void child.stop());
    expect(await child.exit).toMatchObject({ code: 3 });
  });

  it('after the end gives how it ended, and signals nobody', async () => {
    const { process } = await supervise('exit 4');
    const result = await process.exit;
    expect(result).toMatchObject({ kind: 'failed', code: 4 });
    expect(await process.stop()).toBe(result);
  });
});
