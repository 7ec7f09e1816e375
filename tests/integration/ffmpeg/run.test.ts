import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { run } from '../../../src/ffmpeg/run.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { fakeFfmpeg } from '../../helpers/fake-ffmpeg.ts';

import { tempDir } from '../../helpers/temp-dir.ts';
import { allGone } from '../mixer/processes.ts';

const TIMEOUT_MS = 10_000;

describe('run', () => {
  it('gives the whole output of a program that ends well, and leaves no timer', async () => {
    const dir = await tempDir();
    const clock = new FakeClock();
    const path = await fakeFfmpeg(dir, 'echo "grüß $1"; echo note >&2; cat');
    expect(await run(path, ['a b'], { clock, timeoutMs: TIMEOUT_MS })).toEqual({
      stdout: 'grüß a b\n',
      stderr: 'note\n',
    });
    expect(clock.pending).toBe(0);
  });

  it.each([
    ['its last words', 'echo first >&2; echo last >&2; exit 3', 'last', undefined],
    ['its code', 'exit 3', 'it ended with code 3', undefined],
    ['its signal', 'kill -SEGV $$', 'it was ended by SIGSEGV', true],
  ])('tells the failure of a program by %s', async (_, body, failure, unfinished) => {
    const path = await fakeFfmpeg(await tempDir(), body);
    const result = await run(path, [], { clock: new FakeClock(), timeoutMs: TIMEOUT_MS });
    expect([result.failure, result.unfinished]).toEqual([failure, unfinished]);
  });

  it('never rejects, whatever the path and the arguments are', async () => {
    const dir = await tempDir();
    await writeFile(join(dir, 'plain'), 'no program');
    await mkdir(join(dir, 'folder'));
    const good = await fakeFfmpeg(dir, 'exit 0');
    const clock = new FakeClock();
    const paths = [join(dir, 'nothing'), join(dir, 'plain'), join(dir, 'folder'), join(dir, 'plain', 'x'), '', 'a\0b'];
    for (const path of paths) {
      const { stdout, failure } = await run(path, [], { clock, timeoutMs: TIMEOUT_MS });
      expect(stdout).toBe('');
      expect(failure).toMatch(/ENOENT|EACCES|ENOTDIR|path|file/);
    }
    expect((await run(good, ['a\0b'], { clock, timeoutMs: TIMEOUT_MS })).failure).toContain('null bytes');
    expect(clock.pending).toBe(0);
  });

  it('kills a program that does not end, and all it has started', async () => {
    const dir = await tempDir();
    const clock = new FakeClock();
    const pids = join(dir, 'pids');
    const body = `trap '' TERM INT\nsleep 600 &\necho "$$ $!" > '${pids}.new'\nmv '${pids}.new' '${pids}'\nwait`;
    const result = run(await fakeFfmpeg(dir, body), [], { clock, timeoutMs: TIMEOUT_MS });
    await vi.waitFor(() => expect(existsSync(pids)).toBe(true), { timeout: 30_000 });
    clock.advance(TIMEOUT_MS);
    expect(await result).toMatchObject({ failure: `no end within ${TIMEOUT_MS} ms`, unfinished: true });
    await allGone((await readFile(pids, 'utf8')).trim().split(' ').map(Number));
  });

  it('stops a program that says more than anybody wants to know', async () => {
    const path = await fakeFfmpeg(await tempDir(), 'yes 0123456789012345678901234567890123456789');
    const clock = new FakeClock();
    const { stdout, failure } = await run(path, [], { clock, timeoutMs: TIMEOUT_MS });
    expect(failure).toContain('says more than');
    expect(stdout.length).toBeLessThanOrEqual(4 * 1024 * 1024);
    expect(clock.pending).toBe(0);
  });
});
