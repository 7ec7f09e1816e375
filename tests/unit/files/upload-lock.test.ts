import { describe, expect, it } from 'vitest';
import { UploadLocks } from '../../../src/files/upload-lock.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';

/** Requests for uploads, each with a name, and what became of them in their order. */
function open() {
  const clock = new FakeClock();
  const locks = new UploadLocks(clock);
  const log: string[] = [];
  const ask = (name: string, id = 'a', stop = new AbortController()) => {
    const lock = locks.locker(() => log.push(`${name} is to end`)).newLock(id);
    const held = lock.lock(stop.signal, () => {}).then(() => void log.push(`${name} has it`));
    return { held, stop, end: () => lock.unlock() };
  };
  return { clock, log, ask };
}

describe('requests for one upload', () => {
  it('come one after the other, and those for others beside them', async () => {
    const { clock, log, ask } = open();
    const [first, second, other] = [ask('first'), ask('second'), ask('other', 'b')];
    await clock.run(499);
    expect(log).toEqual(['first has it', 'other has it']);
    await first.end();
    await second.held;
    expect(log).toEqual(['first has it', 'other has it', 'second has it']);
    await Promise.all([second.end(), other.end()]);
    expect(clock.pending).toBe(0);
  });

  it('end half a second after another has come, once, and not when nobody has', async () => {
    const { clock, log, ask } = open();
    const first = ask('first');
    await clock.run(3_600_000);
    const second = ask('second');
    await clock.run(499);
    expect(log).toEqual(['first has it']);
    await clock.run(1);
    expect(log).toEqual(['first has it', 'first is to end']);
    await clock.run(10_000);
    await first.end();
    await second.held;
    expect(log).toEqual(['first has it', 'first is to end', 'second has it']);
  });

  it('give way to the newest, however many wait', async () => {
    const { clock, log, ask } = open();
    const asked = ['first', 'second', 'third'].map((name) => ask(name));
    await asked[0]?.held;
    await clock.run(500);
    await asked[0]?.end();
    await asked[1]?.held;
    await clock.run(500);
    expect(log).toEqual(['first has it', 'first is to end', 'second has it', 'second is to end']);
    await asked[1]?.end();
    await asked[2]?.held;
    await asked[2]?.end();
    const last = ask('last');
    await last.held;
    expect(log.slice(4)).toEqual(['third has it', 'last has it']);
  });

  it('that nobody waits for any more get nothing, and keep nobody out', async () => {
    const { clock, log, ask } = open();
    const first = ask('first');
    const gone = ask('gone');
    gone.stop.abort();
    await clock.run(1);
    const after = ask('after');
    await first.end();
    await expect(gone.held).rejects.toMatchObject({ code: 'upload_busy', status: 409 });
    await after.held;
    expect(log).toEqual(['first has it', 'after has it']);
  });

  it('that end twice take it from nobody', async () => {
    const { clock, log, ask } = open();
    const [first, second] = [ask('first'), ask('second')];
    await first.end();
    await second.held;
    await first.end();
    const third = ask('third');
    await clock.run(1);
    expect(log).toEqual(['first has it', 'second has it']);
    await second.end();
    await third.held;
  });
});
