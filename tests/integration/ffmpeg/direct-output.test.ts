import { readdirSync, readlinkSync } from 'node:fs';
import { getPriority } from 'node:os';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { pourInto } from '../../../src/ffmpeg/direct-reader.ts';
import { type SpawnOptions, createSpawner } from '../../../src/ffmpeg/ffmpeg-process.ts';
import { locateFfmpeg } from '../../../src/ffmpeg/locate.ts';
import { SpawnThread } from '../../../src/ffmpeg/spawn-thread.ts';
import { nullLogger } from '../../../src/logger.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { fakeFfmpeg } from '../../helpers/fake-ffmpeg.ts';
import { tempDir } from '../../helpers/temp-dir.ts';
import { allGone, isAlive } from '../mixer/processes.ts';

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

async function outputOf(thread?: SpawnThread): Promise<readonly number[]> {
  const collector = new Collector();
  const child = createSpawner(ffmpeg, thread)(RAW, { ...OPTIONS, readInto: collector });
  await vi.waitFor(() => expect(collector.bytes).toHaveLength(3 * 64 * 96), WAIT);
  expect((await child.exit).kind).toBe('stopped');
  return collector.bytes;
}

async function openThread(): Promise<SpawnThread> {
  const thread = new SpawnThread();
  onTestFinished(() => thread.close());
  await thread.ready();
  return thread;
}

/** Runs a program that the thread starts, from its standard input on. */
function runBy(thread: SpawnThread, path: string, options: Partial<SpawnOptions> = {}) {
  const collector = new Collector();
  const child = createSpawner(path, thread)([], { ...OPTIONS, readInto: collector, ...options });
  onTestFinished(async () => void (await child.stop()));
  return { child, collector, text: () => Buffer.from(collector.bytes).toString() };
}

/** The same with a script. */
async function script(thread: SpawnThread, body: string, options: Partial<SpawnOptions> = {}) {
  return runBy(thread, await fakeFfmpeg(await tempDir(), body), options);
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

describe('output that is read directly', () => {
  it('is the same from a child of a thread, and from one of ours', async () => {
    expect(await outputOf(await openThread())).toEqual(await outputOf());
  });

  it('is poured into one space after the other', () => {
    const collector = new Collector();
    pourInto(collector, Uint8Array.of(1, 2, 3, 4, 5));
    pourInto(collector, Uint8Array.of(6));
    expect(collector.bytes).toEqual([1, 2, 3, 4, 5, 6]);
  });
});

describe('a child that a thread starts', () => {
  it('gets its input, says why it ended, and leaves nothing behind', async () => {
    const lines: string[] = [];
    const { child, text } = await script(await openThread(), 'cat; echo over >&2; exit 3', {
      onStderrLine: (line) => lines.push(line),
    });
    expect(child.pid).toBeUndefined();
    child.input.write('to be read ');
    child.input.end('back');
    expect(await child.exit).toMatchObject({ kind: 'failed', code: 3, signal: null, stderrTail: ['over'] });
    expect([text(), lines]).toEqual(['to be read back', ['over']]);
    expect(isAlive(child.pid ?? 0)).toBe(false);
  });

  it('ends with its group when it is stopped, at once or when it has begun, whatever it does', async () => {
    const thread = await openThread();
    const clock = new FakeClock();
    const early = await script(thread, 'exec sleep 600', { clock, graceMs: 50 });
    const stopped = early.child.stop();
    // As long as its start takes, no time passes but this.
    clock.advance(50);
    expect(await stopped).toMatchObject({ kind: 'stopped', signal: 'SIGINT' });
    const { child, text } = await script(thread, "trap '' INT TERM\nsleep 600 &\necho $!\nwait", { graceMs: 50 });
    await vi.waitFor(() => expect(text()).toMatch(/^\d+\n$/), WAIT);
    expect(await child.stop()).toMatchObject({ kind: 'killed', signal: 'SIGKILL' });
    await allGone([child.pid ?? 0, Number(text())]);
  });

  it('is killed even if everybody gave it up before it had begun', async () => {
    const thread = await openThread();
    const [path, options] = [await fakeFfmpeg(await tempDir(), 'exec sleep 600'), { ...OPTIONS, graceMs: 0 }];
    const start = () => createSpawner(path, thread)([], { ...options, readInto: new Collector() });
    // The thread has others to start first.
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
    const { child } = await script(await openThread(), 'head -c 3000000 /dev/zero', { readInto });
    expect((await child.exit).kind).toBe('stopped');
    expect(bytes).toBe(3_000_000);
  });

  it('gives way to the others', async () => {
    const { child, text } = await script(await openThread(), 'echo; exec sleep 600');
    await vi.waitFor(() => expect(text()).toBe('\n'), WAIT);
    await vi.waitFor(() => expect(getPriority(child.pid)).toBe(10), WAIT);
    expect(getPriority(process.pid)).toBe(0);
  });

  it('is a failure with a remedy when there is no such program', async () => {
    const child = createSpawner('/nowhere/ffmpeg', await openThread())([], { ...OPTIONS, readInto: new Collector() });
    child.input.write('lost');
    const { kind, stderrTail } = await child.exit;
    expect([kind, child.pid]).toEqual(['failed', undefined]);
    expect(stderrTail.join()).toMatch(/could not be started .*FFMPEG_PATH/);
    await child.stop();
  });

  it('is one of many, each with its own input and output', async () => {
    const thread = await openThread();
    // One file for all: a child that begins while a file is written holds it too for a moment, and nobody can start it then.
    const path = await fakeFfmpeg(await tempDir(), 'cat');
    const all = Array.from({ length: 30 }, () => runBy(thread, path));
    for (const [index, { child }] of all.entries()) child.input.end(`number ${index}`);
    await Promise.all(all.map(({ child }) => child.exit));
    expect(all.map(({ text }) => text())).toEqual(all.map((_, index) => `number ${index}`));
  });

  it('is started by the thread for whoever waits until that can, however many there are', async () => {
    const thread = await openThread();
    const path = await fakeFfmpeg(await tempDir(), 'cat');
    const all: ReturnType<typeof runBy>[] = [];
    for (let index = 0; index < 30; index += 1) {
      await thread.waiting();
      all.push(runBy(thread, path));
      // One that is started here has its number at once.
      expect(all.at(-1)?.child.pid).toBeUndefined();
    }
    for (const { child } of all) child.input.end();
    await Promise.all(all.map(({ child }) => child.exit));
    expect(thread.waiting()).toBeUndefined();
  });

  it('holds no connection but its own', async () => {
    const { child, text } = await script(await openThread(), 'echo; exec sleep 600');
    await vi.waitFor(() => expect(text()).toBe('\n'), WAIT);
    // What it says and that it has started come on two ways.
    await vi.waitFor(() => expect(child.pid).toBeGreaterThan(0), WAIT);
    expect(readdirSync(`/proc/${child.pid}/fd`).length).toBeLessThan(12);
  });

  it('is started without the thread when that cannot make connections', async () => {
    vi.stubEnv('TMPDIR', '/nowhere');
    onTestFinished(() => void vi.unstubAllEnvs());
    const thread = await openThread();
    vi.unstubAllEnvs();
    const { child, text } = await script(thread, 'cat');
    expect(child.pid).toBeGreaterThan(0);
    child.input.end('as ever');
    await child.exit;
    expect(text()).toBe('as ever');
  });

  it('leaves no name and no file descriptor behind with its thread', async () => {
    const folder = await tempDir();
    vi.stubEnv('TMPDIR', folder);
    onTestFinished(() => void vi.unstubAllEnvs());
    const before = openSockets();
    const thread = new SpawnThread();
    await thread.ready();
    // Those of the tests before may still be going.
    const own = [...openSockets()].filter((socket) => !before.has(socket));
    expect(own.length).toBeGreaterThanOrEqual(48);
    await thread.close();
    await vi.waitFor(() => expect(own.filter((socket) => openSockets().has(socket))).toEqual([]), WAIT);
    expect(readdirSync(folder)).toEqual([]);
  });
});
