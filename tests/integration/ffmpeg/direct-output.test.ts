import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { getPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { pourInto } from '../../../src/ffmpeg/direct-reader.ts';
import { type SpawnOptions, createSpawner } from '../../../src/ffmpeg/ffmpeg-process.ts';
import { locateFfmpeg } from '../../../src/ffmpeg/locate.ts';
import { Forker } from '../../../src/ffmpeg/forker.ts';
import { nullLogger } from '../../../src/logger.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { fakeFfmpeg } from '../../helpers/fake-ffmpeg.ts';
import { tempDir } from '../../helpers/temp-dir.ts';
import { allGone, descendantsOf, isAlive } from '../mixer/processes.ts';

/** Patience with a busy machine. */
const WAIT = { timeout: 9000 };

/** Takes bytes in spaces of a few sizes. */
class Collector {
  readonly bytes: number[] = [];
  readonly spaces: Uint8Array[] = [];
  #turn = 0;

  space(): Uint8Array {
    this.#turn += 1;
    const space = new Uint8Array([3, 1, 700][this.#turn % 3] as number);
    this.spaces.push(space);
    return space;
  }

  took(count: number): void {
    const space = this.spaces.at(-1) as Uint8Array;
    this.bytes.push(...space.subarray(0, count));
  }
}

const NOISE = ['-v', 'error', '-f', 'lavfi', '-i', 'testsrc=size=64x64:rate=25', '-frames:v', '3'];
const RAW = [...NOISE, '-pix_fmt', 'yuv420p', '-f', 'rawvideo', 'pipe:1'];

const OPTIONS = { label: 'raw', log: nullLogger, clock: systemClock };

let ffmpeg: string;
beforeAll(async () => {
  ffmpeg = (await locateFfmpeg({})).path;
});

async function outputOf(forker?: Forker): Promise<readonly number[]> {
  const collector = new Collector();
  const child = createSpawner(ffmpeg, forker)(RAW, { ...OPTIONS, readInto: collector });
  await vi.waitFor(() => expect(collector.bytes).toHaveLength(3 * 64 * 96), WAIT);
  expect((await child.exit).kind).toBe('stopped');
  return collector.bytes;
}

async function openForker(): Promise<Forker> {
  const forker = new Forker();
  onTestFinished(() => forker.close());
  await forker.ready();
  return forker;
}

/** Runs a program that a forker starts, from its standard input on. */
function runBy(forker: Forker, path: string, options: Partial<SpawnOptions> = {}) {
  const collector = new Collector();
  const child = createSpawner(path, forker)([], { ...OPTIONS, readInto: collector, ...options });
  onTestFinished(async () => void (await child.stop()));
  return { child, collector, text: () => Buffer.from(collector.bytes).toString() };
}

/** The same with a script. */
async function script(forker: Forker, body: string, options: Partial<SpawnOptions> = {}) {
  return runBy(forker, await fakeFfmpeg(await tempDir(), body), options);
}

/** Names of this process's sockets, which no two ever share. */
function openSockets(): ReadonlySet<string> {
  const links = readdirSync('/proc/self/fd').flatMap((descriptor) => {
    try {
      return [readlinkSync(`/proc/self/fd/${descriptor}`)];
    } catch {
      // The one that the list itself was read by, for example.
      return [];
    }
  });
  return new Set(links.filter((link) => link.startsWith('socket:')));
}

function idsOf(pid: number): { parent: number; session: number } {
  const [, parent, , session] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return { parent: Number(parent), session: Number(session) };
}

describe('output that is read directly', () => {
  it('is the same from a child of a forker, and from one of ours', async () => {
    expect(await outputOf(await openForker())).toEqual(await outputOf());
  });

  it('is poured into one space after the other', () => {
    const collector = new Collector();
    pourInto(collector, Uint8Array.of(1, 2, 3, 4, 5));
    pourInto(collector, Uint8Array.of(6));
    expect(collector.bytes).toEqual([1, 2, 3, 4, 5, 6]);
  });
});

describe('a child that a forker starts', () => {
  it('gets its input, says why it ended, and leaves nothing behind', async () => {
    const lines: string[] = [];
    const { child, text } = await script(await openForker(), 'cat; echo over >&2; exit 3', {
      onStderrLine: (line) => lines.push(line),
    });
    expect(child.pid).toBeUndefined();
    child.input.write('to be read ');
    child.input.end('back');
    expect(await child.exit).toMatchObject({ kind: 'failed', code: 3, signal: null, stderrTail: ['over'] });
    expect([text(), lines]).toEqual(['to be read back', ['over']]);
    expect(isAlive(child.pid ?? 0)).toBe(false);
  });

  it('ends when it is stopped, at once or when it has begun, whatever it does, and the rest with the forker', async () => {
    const forker = await openForker();
    const clock = new FakeClock();
    const early = await script(forker, 'exec sleep 600', { clock, graceMs: 50 });
    const stopped = early.child.stop();
    // As long as its start takes, no time passes but this.
    clock.advance(50);
    expect(await stopped).toMatchObject({ kind: 'stopped', signal: 'SIGINT' });
    const { child, text } = await script(forker, "trap '' INT TERM\nsleep 600 &\necho $!\nwait", { graceMs: 50 });
    await vi.waitFor(() => expect(text()).toMatch(/^\d+\n$/), WAIT);
    expect(await child.stop()).toMatchObject({ kind: 'killed', signal: 'SIGKILL' });
    await allGone([child.pid ?? 0]);
    await forker.close();
    await allGone([Number(text())]);
  });

  it('is killed even if everybody gave it up before it had begun', async () => {
    const forker = await openForker();
    const [path, options] = [await fakeFfmpeg(await tempDir(), 'exec sleep 600'), { ...OPTIONS, graceMs: 0 }];
    const start = () => createSpawner(path, forker)([], { ...options, readInto: new Collector() });
    // It has others to start first.
    const others = Array.from({ length: 10 }, start);
    const child = start();
    const stopped = child.stop();
    for (const other of others) void other.stop();
    expect(child.pid).toBeUndefined();
    expect((await stopped).signal).toMatch(/^SIG(INT|TERM|KILL)$/);
    await allGone([child.pid ?? 0]);
  });

  it('is over once all that it said has been read', async () => {
    let bytes = 0;
    const space = new Uint8Array(1000);
    const readInto = { space: () => space, took: (count: number) => void (bytes += count) };
    const { child } = await script(await openForker(), 'head -c 3000000 /dev/zero', { readInto });
    expect((await child.exit).kind).toBe('stopped');
    expect(bytes).toBe(3_000_000);
  });

  it('gives way to the others, together with all that are started for the same program', async () => {
    const { child, text } = await script(await openForker(), 'echo; exec sleep 600');
    await vi.waitFor(() => expect(text()).toBe('\n'), WAIT);
    await vi.waitFor(() => expect(child.pid).toBeGreaterThan(0), WAIT);
    expect(getPriority(child.pid)).toBe(10);
    const { parent, session } = idsOf(child.pid ?? 0);
    expect(session).toBe(parent);
    expect(session).not.toBe(idsOf(process.pid).session);
    expect(getPriority(process.pid)).toBe(0);
  });

  it('is a failure with a remedy when there is no such program', async () => {
    const child = createSpawner('/nowhere/ffmpeg', await openForker())([], { ...OPTIONS, readInto: new Collector() });
    child.input.write('lost');
    const { kind, stderrTail } = await child.exit;
    expect([kind, child.pid]).toEqual(['failed', undefined]);
    expect(stderrTail.join()).toMatch(/could not be started .*FFMPEG_PATH/);
    await child.stop();
  });

  it('is one of many, each with its own input and output', async () => {
    const forker = await openForker();
    // One file for all: a child that begins while a file is written holds it too for a moment, and nobody can start it then.
    const path = await fakeFfmpeg(await tempDir(), 'cat');
    const all = Array.from({ length: 30 }, () => runBy(forker, path));
    for (const [index, { child }] of all.entries()) child.input.end(`number ${index}`);
    await Promise.all(all.map(({ child }) => child.exit));
    expect(all.map(({ text }) => text())).toEqual(all.map((_, index) => `number ${index}`));
  });

  it('is started by the forker for whoever waits until that can, however many there are', async () => {
    const forker = await openForker();
    const path = await fakeFfmpeg(await tempDir(), 'cat');
    const all: ReturnType<typeof runBy>[] = [];
    for (let index = 0; index < 30; index += 1) {
      await forker.waiting();
      all.push(runBy(forker, path));
      // One that is started here has its number at once.
      expect(all.at(-1)?.child.pid).toBeUndefined();
    }
    for (const { child } of all) child.input.end();
    await Promise.all(all.map(({ child }) => child.exit));
    expect(forker.waiting()).toBeUndefined();
  });

  it('holds no connection but its own', async () => {
    const { child, text } = await script(await openForker(), 'echo; exec sleep 600');
    await vi.waitFor(() => expect(text()).toBe('\n'), WAIT);
    // What it says and that it has started come on two ways.
    await vi.waitFor(() => expect(child.pid).toBeGreaterThan(0), WAIT);
    expect(readdirSync(`/proc/${child.pid}/fd`).length).toBeLessThan(12);
  });

  it('is started without the forker when that cannot make connections', async () => {
    vi.stubEnv('TMPDIR', '/nowhere');
    onTestFinished(() => void vi.unstubAllEnvs());
    const forker = await openForker();
    vi.unstubAllEnvs();
    const { child, text } = await script(forker, 'cat');
    expect(child.pid).toBeGreaterThan(0);
    child.input.end('as ever');
    await child.exit;
    expect(text()).toBe('as ever');
  });

  it('ends with the forker, after which others are started without it', async () => {
    const forker = await openForker();
    const { child, text } = await script(forker, 'echo; exec sleep 600');
    await vi.waitFor(() => expect([text(), child.pid]).toEqual(['\n', expect.any(Number)]), WAIT);
    const [own] = descendantsOf(process.pid).filter(({ pid, command }) => {
      return command.includes('forker-process') && descendantsOf(pid).some((one) => one.pid === child.pid);
    });
    process.kill(own?.pid ?? 0, 'SIGKILL');
    expect(await child.exit).toMatchObject({ kind: 'failed', signal: 'SIGKILL' });
    await allGone([child.pid ?? 0]);
    expect(forker.waiting()).toBeUndefined();
    const next = await script(forker, 'cat');
    expect(next.child.pid).toBeGreaterThan(0);
    next.child.input.end('as ever');
    await next.child.exit;
    expect(next.text()).toBe('as ever');
  });

  it('does not outlive whoever it was started for, though it reads nothing', async () => {
    const path = await fakeFfmpeg(await tempDir(), 'echo; exec sleep 600');
    const main = fileURLToPath(new URL('../../helpers/forker-main.ts', import.meta.url));
    const owner = spawn(process.execPath, [main, path], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void owner.kill('SIGKILL'));
    await once(owner.stdout, 'data');
    const own = descendantsOf(owner.pid ?? 0).map(({ pid }) => pid);
    expect(own).toHaveLength(2);
    owner.kill('SIGKILL');
    await allGone(own);
  });

  it('leaves no name and no file descriptor behind with its forker', async () => {
    const folder = await tempDir();
    vi.stubEnv('TMPDIR', folder);
    onTestFinished(() => void vi.unstubAllEnvs());
    const before = openSockets();
    const forker = new Forker();
    await forker.ready();
    // Those of the tests before may still be going.
    const own = [...openSockets()].filter((socket) => !before.has(socket));
    expect(own.length).toBeGreaterThanOrEqual(24);
    await forker.close();
    await vi.waitFor(() => expect(own.filter((socket) => openSockets().has(socket))).toEqual([]), WAIT);
    expect(readdirSync(folder)).toEqual([]);
  });
});
