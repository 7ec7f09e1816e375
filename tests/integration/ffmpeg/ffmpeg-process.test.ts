import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createSpawner, type FfmpegProcess, type SpawnOptions } from '../../../src/ffmpeg/ffmpeg-process.ts';
import { isHeldUp, processorMs } from '../../../src/ffmpeg/processor-time.ts';
import { type LogFields, type Logger, nullLogger } from '../../../src/logger.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { faults } from '../../helpers/fake-ffmpeg.ts';
import { tempDir } from '../../helpers/temp-dir.ts';
import { allGone } from '../mixer/processes.ts';
import { supervise, superviseUnread } from './supervised.ts';

/** Patience with a busy machine. */
const WAIT = { timeout: 9000 };

const GRACE_MS = 1000;

afterEach(() => {
  vi.restoreAllMocks();
});

/** Collects what is logged at each level. */
function recordingLogger(): { log: Logger; entries: (readonly [level: string, message: string, fields: LogFields])[] } {
  const entries: (readonly [string, string, LogFields])[] = [];
  const at =
    (level: string) =>
    (message: string, fields: LogFields = {}) =>
      void entries.push([level, message, fields]);
  const log: Logger = { ...nullLogger, debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
  return { log, entries };
}

/** Lets the streams that have data now give it. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

describe('a process that ends by itself', () => {
  it.each([
    ['stopped', 'exit 0', { code: 0, signal: null }],
    ['failed', 'exit 1', { code: 1, signal: null }],
    ['failed', faults.crashes, { code: null, signal: 'SIGSEGV', stderrTail: ['last words'] }],
    ['failed', 'kill -KILL $$', { code: null, signal: 'SIGKILL' }],
  ])('is %s after "%s"', async (kind, body, result) => {
    const { process } = await supervise(body);
    expect(await process.exit).toMatchObject({ kind, ...result });
    expect(process.stopRequested).toBe(false);
  });

  it('is really gone when `exit` says so, and all its output was read', async () => {
    const { process, lines } = await supervise('seq 1 50000; exit 2');
    await process.exit;
    expect(existsSync(`/proc/${process.pid}`)).toBe(false);
    expect(lines).toHaveLength(50_000);
    expect(lines.at(-1)).toBe('50000');
  });

  it('takes the rest of its group with it', async () => {
    const clock = new FakeClock();
    const { process, lines } = await supervise(faults.leavesChild, { clock });
    // Without that the child would hold the pipes open for ten minutes.
    expect(await process.exit).toMatchObject({ kind: 'failed', code: 3 });
    await allGone(lines.map(Number));
    expect(lines).toHaveLength(1);
  });

  it('does not wait for a child that has left the group', async () => {
    const clock = new FakeClock();
    const body = `setsid sh -c 'echo "$$"; exec sleep 600' &\nread -r go\nexit 3`;
    const { process: child, printed, lines } = await supervise(body, { clock, graceMs: GRACE_MS });
    await printed(1);
    const runaway = Number(lines[0]);
    onTestFinished(() => void process.kill(runaway, 'SIGKILL'));
    child.input.write('go\n');
    await vi.waitFor(() => expect(clock.pending).toBe(1), WAIT);
    clock.advance(GRACE_MS);
    expect(await child.exit).toMatchObject({ kind: 'failed', code: 3 });
    expect(clock.pending).toBe(0);
  });

  it('needs no reader of its output', async () => {
    const clock = new FakeClock();
    const process = await superviseUnread('echo some words; exit 1', { clock });
    expect(await process.exit).toMatchObject({ kind: 'failed', code: 1 });
  });

  it('is logged with its last lines only when something went wrong', async () => {
    const { log, entries } = recordingLogger();
    const well = await supervise('exit 0', { log, label: 'decoder' });
    await well.process.exit;
    const badly = await supervise('seq 1 20 >&2; exit 1', { log, label: 'encoder' });
    await badly.process.exit;
    expect(entries).toEqual([
      ['debug', 'ffmpeg ended', { label: 'decoder', pid: well.process.pid, code: 0, signal: null }],
      [
        'warn',
        'ffmpeg failed',
        {
          ...{ label: 'encoder', pid: badly.process.pid, code: 1, signal: null },
          stderr: ['16', '17', '18', '19', '20'],
        },
      ],
    ]);
  });
});

describe('standard error', () => {
  it('is told line by line, and the last 200 lines are kept', async () => {
    const lines: string[] = [];
    const { process } = await supervise(faults.floods, { onStderrLine: (line) => lines.push(line) });
    const { stderrTail } = await process.exit;
    expect(lines).toEqual(Array.from({ length: 5000 }, (_, index) => `line ${index}`));
    expect(stderrTail).toEqual(lines.slice(-200));
  });

  it('keeps characters whole wherever the pipe cuts them', async () => {
    const lines: string[] = [];
    const body = `yes 'größer 王小明 🎬' | head -n 20000 >&2\nprintf 'ohne Ende: ß' >&2`;
    const { process } = await supervise(body, { onStderrLine: (line) => lines.push(line) });
    const { stderrTail } = await process.exit;
    expect(new Set(lines)).toEqual(new Set(['größer 王小明 🎬', 'ohne Ende: ß']));
    expect(lines).toHaveLength(20_001);
    expect(stderrTail.at(-1)).toBe('ohne Ende: ß');
  });
});

describe('standard input', () => {
  it('may be written to when nobody reads it any more', async () => {
    const clock = new FakeClock();
    const { process, printed } = await supervise(`exec 0<&-\n${faults.endsAtTerm}`, { clock, graceMs: GRACE_MS });
    await printed(1);
    const error = await new Promise((resolve) => {
      process.input.write(new Uint8Array(1_000_000), resolve);
    });
    expect(error).toMatchObject({ code: 'EPIPE' });
    const stopped = process.stop();
    await clock.run(2 * GRACE_MS, GRACE_MS);
    expect(await stopped).toMatchObject({ kind: 'stopped', code: 7 });
  });

  it('may be written to and ended after the end', async () => {
    const { process } = await supervise('exit 0');
    await process.exit;
    process.input.write('too late');
    process.input.end();
    expect(process.input.destroyed).toBe(true);
  });
});

describe('a start that fails', () => {
  function start(path: string, options: Partial<SpawnOptions> = {}): FfmpegProcess {
    return createSpawner(path)(['-version'], { label: 'x', log: nullLogger, clock: new FakeClock(), ...options });
  }

  async function badPaths(): Promise<string[]> {
    const dir = await tempDir();
    await mkdir(join(dir, 'folder'));
    await writeFile(join(dir, 'plain'), 'no program');
    return [join(dir, 'nothing'), join(dir, 'folder'), join(dir, 'plain'), join(dir, 'plain', 'ffmpeg'), '', 'a\0b'];
  }

  it('is an end of kind failed that says why, whatever the path is', async () => {
    for (const path of await badPaths()) {
      const lines: string[] = [];
      const process = start(path, { progressTimeoutMs: 1000, onStderrLine: (line) => lines.push(line) });
      process.input.write('nobody will read this');
      process.input.end();
      const result = await process.exit;
      expect(result).toMatchObject({ kind: 'failed', code: null, signal: null });
      expect(result.stderrTail).toEqual([expect.stringMatching(/could not be started \(.+\): .*FFMPEG_PATH/)]);
      expect(lines).toEqual(result.stderrTail);
      expect(process.pid).toBeUndefined();
      expect(await process.output.toArray()).toEqual([]);
    }
  });

  it('is one also when it was stopped before anybody knew', async () => {
    for (const path of await badPaths()) {
      const clock = new FakeClock();
      const process = start(path, { clock, progressTimeoutMs: 1000 });
      expect(await process.stop()).toMatchObject({ kind: 'failed', code: null });
      expect(clock.pending).toBe(0);
    }
  });
});

describe('the watch over the progress', () => {
  it('kills a process whose progress stands still', async () => {
    const options = { clock: systemClock, progressTimeoutMs: 200, graceMs: 50 };
    const { process } = await supervise(faults.makesNoProgress, options);
    const result = await process.exit;
    expect(result).toMatchObject({ kind: 'killed', signal: 'SIGKILL' });
    expect(result.stderrTail).toEqual(['No progress for 200 ms']);
    expect(process.stopRequested).toBe(false);
  });

  it('gives one that computes, and may only lack a processor, three times as long', async () => {
    const clock = new FakeClock();
    const { process } = await supervise('while :; do :; done', { clock, progressTimeoutMs: 1000 });
    const pid = process.pid ?? 0;
    await vi.waitFor(() => expect(isHeldUp(pid)).toBe(true), WAIT);
    const over = vi.fn<() => void>();
    void process.exit.then(over);
    clock.advance(2900);
    // Whoever was killed would never be seen to work again.
    const before = processorMs(pid) ?? 0;
    await vi.waitFor(() => expect(processorMs(pid)).toBeGreaterThan(before), WAIT);
    expect(over).not.toHaveBeenCalled();
    clock.advance(100);
    expect(await process.exit).toMatchObject({ kind: 'killed', stderrTail: ['No progress for 1000 ms'] });
  });

  it('gives one that is stopped no longer', async () => {
    const clock = new FakeClock();
    const { process } = await supervise('while :; do :; done', { clock, progressTimeoutMs: 1000 });
    const pid = process.pid ?? 0;
    await vi.waitFor(() => expect(isHeldUp(pid)).toBe(true), WAIT);
    globalThis.process.kill(pid, 'SIGSTOP');
    await vi.waitFor(() => expect(isHeldUp(pid)).toBe(false), WAIT);
    clock.advance(1000);
    expect(await process.exit).toMatchObject({ kind: 'killed', stderrTail: ['No progress for 1000 ms'] });
  });

  it('leaves a process alone whose progress grows, however slowly', async () => {
    const clock = new FakeClock();
    const { process, printed } = await supervise(faults.makesProgress, { clock, progressTimeoutMs: 1000 });
    for (let line = 1; line <= 10; line += 1) {
      process.input.write('one more\n');
      await printed(line);
      await turn();
      clock.advance(900);
    }
    expect(await process.stop()).toMatchObject({ kind: 'stopped', code: 0 });
    expect(clock.pending).toBe(0);
  });
});

describe('the death of the server', () => {
  it('ends the decoders and encoders that it had started', async () => {
    const main = fileURLToPath(new URL('./orphans-main.ts', import.meta.url));
    const server = spawn(process.execPath, [main], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void server.kill('SIGKILL'));
    const [pids] = (await once(server.stdout, 'data')) as [Buffer];
    const orphans = JSON.parse(pids.toString()) as number[];
    expect(orphans).toHaveLength(3);
    server.kill('SIGKILL');
    await allGone(orphans);
  });
});
