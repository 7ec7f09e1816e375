import { spawn } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { LAUNCHER } from '../helpers/command.ts';
import { MediaSamples } from '../helpers/media-samples.ts';
import { PATIENCE } from '../helpers/patience.ts';
import { TestParticipant, toneAndBeep } from '../helpers/test-participant.ts';

const TOKEN = 'a-token-that-only-this-test-knows';

let samples: MediaSamples;
let folder: string;

beforeAll(async () => {
  samples = new MediaSamples();
  folder = await mkdtemp(join(tmpdir(), 'gridcast-left-'));
});

afterAll(async () => {
  await samples.close();
  await rm(folder, { recursive: true, force: true });
});

/** Every process below `root`, from /proc. */
async function descendants(root: number): Promise<number[]> {
  const parents = new Map<number, number>();
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const status = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
    // The command in brackets may hold anything; the parent is the second field behind it.
    const parent = status.slice(status.lastIndexOf(')') + 2).split(' ')[1];
    if (parent !== undefined) parents.set(Number(name), Number(parent));
  }
  const found = [root];
  for (const pid of found) {
    for (const [child, parent] of parents) if (parent === pid && !found.includes(child)) found.push(child);
  }
  return found.slice(1);
}

async function alive(pids: readonly number[]): Promise<string[]> {
  const found: string[] = [];
  for (const pid of pids) {
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
    // A zombie holds nothing; it waits for whoever adopted it.
    if (status !== '' && !/^State:\s+Z/m.test(status)) {
      found.push(await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => String(pid)));
    }
  }
  return found;
}

/** A server in its own process with somebody live in a room. */
async function liveServer(name: string) {
  const env = { ...process.env, GRIDCAST_PORT: '0', GRIDCAST_DATA: join(folder, name), GRIDCAST_ADMIN_TOKEN: TOKEN };
  const child = spawn(process.execPath, [LAUNCHER, 'serve'], { env, stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  let output = '';
  const url = await new Promise<string>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      const found = /Page\s+(http:\S+?)\/\n/.exec(output)?.[1];
      if (found !== undefined) resolve(found);
    });
  });
  await fetch(`${url}/api/rooms`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    body: '{"id":"room"}',
  });
  const picture = await samples.h264({ frames: 60, gopFrames: 60 });
  const receive = { video: true, audio: true };
  const place = { url, room: 'room', token: TOKEN, name: 'Ana', receive };
  const ana = await TestParticipant.join(place, { picture, sound: toneAndBeep(400, 2000) });
  await ana.video.until(() => (ana.received(16).length > 30 ? true : undefined));
  // What is for recordings starts when it will.
  const pids = await vi.waitFor(async () => {
    const found = await descendants(child.pid ?? 0);
    expect(found.length).toBeGreaterThanOrEqual(CHILDREN);
    return found;
  }, PATIENCE);
  ana.stopSending();
  return { child, ended, pids };
}

// mixer, decoder, two encoders, redis-server, archive worker
const CHILDREN = 6;

describe('a server that ends while a room is live', () => {
  it('takes every process with it when it is asked to', async () => {
    const { child, ended, pids } = await liveServer('asked');
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(await alive(pids)).toEqual([]);
  });

  it('takes every process with it when it is killed', async () => {
    const { child, pids } = await liveServer('killed');
    child.kill('SIGKILL');
    await vi.waitFor(async () => expect(await alive(pids)).toEqual([]), PATIENCE);
  });
});
