import { execFile, spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { locateFfmpeg } from '../../../src/ffmpeg/locate.ts';
import { type Logger, nullLogger, wordsOfOutput } from '../../../src/logger.ts';
import type { FromMixer } from '../../../src/mixer/link-messages.ts';
import { MixerChild } from '../../../src/mixer/mixer-child.ts';
import { type Clock, systemClock } from '../../../src/util/clock.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { allGone, descendantsOf, isAlive } from './processes.ts';

const WAIT = { timeout: 20_000, interval: 15 };
const run = promisify(execFile);

class Child {
  readonly messages: FromMixer[] = [];
  readonly exits: string[] = [];
  readonly child: MixerChild;

  constructor(clock: Clock, onMessage: (message: FromMixer) => void = () => {}, log: Logger = nullLogger) {
    this.child = new MixerChild({
      clock,
      log,
      onMessage: (message) => {
        this.messages.push(message);
        onMessage(message);
      },
      onMedia: () => {},
      onExit: (reason) => this.exits.push(reason),
    });
    onTestFinished(async () => {
      if (this.exits.length === 0) process.kill(this.child.pid as number, 'SIGKILL');
      await this.child.close();
    });
  }

  async start(): Promise<void> {
    const { path } = await locateFfmpeg({});
    const program = { width: 320, height: 180, framerate: 30, videoKbit: 500, audioKbit: 96, preset: 'ultrafast' };
    const origin = { originMs: systemClock.monotonicMs(), originWallMs: 0 };
    this.child.send({
      type: 'start',
      program: { ...program, ...origin, gopFrames: 30, maxPixels: 1, ffmpegPath: path },
    });
    await this.heard('stats');
  }

  async heard(type: FromMixer['type']): Promise<void> {
    await vi.waitFor(() => {
      if (!this.messages.some((message) => message.type === type)) throw new Error(`It did not say ${type}`);
    }, WAIT);
  }
}

describe('MixerChild', () => {
  it('ends a process that says nothing any more', async () => {
    const clock = new FakeClock();
    const child = new Child(clock);
    await child.start();
    const pid = child.child.pid as number;
    const pids = [pid, ...descendantsOf(pid).map((process) => process.pid)];
    process.kill(pid, 'SIGSTOP');
    clock.advance(5000);
    expect([child.exits, isAlive(pid)]).toEqual([[], true]);
    clock.advance(5000);
    await vi.waitFor(() => expect(child.exits).toEqual(['SIGKILL']), WAIT);
    await allGone(pids);
  });

  it('gives a process that has said nothing yet a minute: it may only be slow to start', async () => {
    const clock = new FakeClock();
    const child = new Child(clock);
    const pid = child.child.pid as number;
    process.kill(pid, 'SIGSTOP');
    clock.advance(59_900);
    expect([child.exits, isAlive(pid)]).toEqual([[], true]);
    clock.advance(100);
    await vi.waitFor(() => expect(child.exits).toEqual(['SIGKILL']), WAIT);
  });

  it('does not blame the process for a server that stood still itself', async () => {
    const clock = new FakeClock();
    const child = new Child(clock);
    await child.start();
    // Ten seconds and more without a word, but the word was only waiting to be read.
    clock.advance(7500);
    child.messages.length = 0;
    await child.heard('stats');
    clock.advance(7500);
    expect(child.exits).toEqual([]);
  });

  it('ends a process whose message cannot be handled, and says so once', async () => {
    const child = new Child(systemClock, () => {
      throw new Error('no such codec');
    });
    const pid = child.child.pid as number;
    child.start().catch(() => {});
    await vi.waitFor(() => expect(child.exits).toEqual(['SIGKILL']), WAIT);
    await allGone([pid]);
  });

  it('ends by itself, with all its children, when the server is gone', async () => {
    const entry = fileURLToPath(new URL('abandoned-mixer-main.ts', import.meta.url));
    const { path } = await locateFfmpeg({});
    // It kills itself, which counts as a failure.
    const { stdout } = await run(process.execPath, [entry, path]).catch((error: { stdout: string }) => error);
    const pids = stdout.trim().split(' ').map(Number);
    expect(pids.length).toBeGreaterThanOrEqual(3);
    await allGone(pids);
  });

  it('says that it ended when there are no file descriptors left for it', async () => {
    const entry = fileURLToPath(new URL('starved-mixer-main.ts', import.meta.url));
    const { stdout } = await run('/bin/sh', ['-c', 'ulimit -n 60 && exec "$0" "$1"', process.execPath, entry]);
    expect(JSON.parse(stdout)).toEqual({ exits: [expect.stringMatching(/EMFILE/)], ffmpeg: 'failed' });
  });

  it.each([
    ['text', /^\d\d:\d\d:\d\d ERROR the link to the server broke {2}reason="[^"]+"\n$/],
    ['json', /^\{"level":50,.*"msg":"the link to the server broke"\}\n$/],
  ] as const)('writes the one line of its own as %s, when the server does', async (format, line) => {
    const entry = fileURLToPath(new URL('../../../src/mixer/mixer-process.ts', import.meta.url));
    const words = wordsOfOutput({ format, colours: false });
    const made = spawn(process.execPath, [entry, ...words], { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
    const [, , stderr, link] = made.stdio as unknown as [null, null, Readable, Writable];
    // A process that goes on its own breaks the pipe.
    link.on('error', () => {});
    link.write(Buffer.alloc(64, 0xff));
    expect(await text(stderr)).toMatch(line);
  });

  it('tells its process how lines look', async () => {
    const child = new Child(new FakeClock(), undefined, {
      ...nullLogger,
      output: { format: 'text', colours: true },
    });
    const { pid } = child.child;
    await vi.waitFor(() => {
      const found = descendantsOf(process.pid).find((each) => each.pid === pid);
      expect(found?.command).toMatch(/mixer-process\.ts text colours\s*$/);
    }, WAIT);
  });
});
