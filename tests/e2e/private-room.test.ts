import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { LogFields, Logger } from '../../src/logger.ts';
import { PATIENCE } from '../helpers/patience.ts';
import { TestParticipant } from '../helpers/test-participant.ts';
import { TestServer } from '../helpers/test-server.ts';

const ROOM = 'vault';
const PATH = `/api/rooms/${ROOM}`;
const run = promisify(execFile);

interface Problem {
  readonly code: string;
}

const lines: string[] = [];
let server: TestServer;
let ana: TestParticipant;

beforeAll(async () => {
  const program = { width: 320, height: 180, preset: 'ultrafast', videoKbit: 200 } as const;
  server = await TestServer.start({ program }, keepingLogger());
  const { url, token } = server;
  await server.api('POST', '/api/rooms', { id: ROOM, viewing: { access: 'private' } });
  ana = await TestParticipant.join({ url, room: ROOM, token, name: 'ana' });
  await vi.waitFor(async () => {
    if (!(await fetch(await linkOf())).ok) throw new Error('Nothing can be watched yet.');
  }, PATIENCE);
});

afterAll(async () => {
  await ana?.leave();
  await server?.close();
});

function keepingLogger(): Logger {
  const keep = (message: string, fields: LogFields = {}): void => void lines.push(JSON.stringify({ message, fields }));
  const logger: Logger = { debug: keep, info: keep, warn: keep, error: keep, child: () => logger };
  return logger;
}

/** The address for players, with a token. */
async function linkOf(): Promise<string> {
  const { body } = await server.api<{ links: { hls: string } }>('GET', PATH);
  return body.links.hls;
}

/** The first media playlist that the index lists. */
async function mediaOf(link: string): Promise<string> {
  const index = await (await fetch(link)).text();
  const media = index.split('\n').find((line) => line !== '' && !line.startsWith('#'));
  return new URL(media ?? '', link).href;
}

async function refusal(url: string): Promise<string> {
  const answer = await fetch(url);
  const problem = (await answer.json()) as Problem;
  return `${answer.status} ${problem.code}`;
}

describe('a private room', () => {
  it('is played by FFmpeg with the link of the room, and not without its token', async () => {
    const link = await linkOf();
    const entries = ['-v', 'error', '-show_entries', 'stream=codec_name', '-of', 'csv=p=0'];
    const { stdout } = await run('ffprobe', [...entries, link]);
    expect(new Set(stdout.split(/\s+/).filter(Boolean))).toEqual(new Set(['h264', 'aac']));
    await expect(run('ffprobe', [...entries, link.replace(/\?.*/, '')])).rejects.toThrow(/401/);
  });

  it('leads through one pass to playlists and media that caches may keep', async () => {
    // Again if an hour ends just now.
    const media = await vi.waitFor(async () => {
      const own = await mediaOf(await linkOf());
      expect(await mediaOf(await linkOf())).toBe(own);
      return own;
    }, PATIENCE);
    expect(new URL(media).search).toBe('');
    const playlist = await (await fetch(media)).text();
    const names = [...playlist.matchAll(/(?:URI="|^)([\w-]+\.(?:mp4|m4s))/gm)].map(([, name = '']) => name);
    expect(names.length).toBeGreaterThan(2);
    for (const name of [names[0] ?? '', names[1] ?? '']) {
      const answer = await fetch(new URL(name, media));
      expect(answer.status).toBe(200);
      expect(answer.headers.get('cache-control')).toMatch(/^public, max-age=[1-9]/);
      expect(await refusal(new URL(name, media.replace(/~[\w-]+\//, '')).href)).toBe('401 pass_missing');
    }
  });

  it('leads to everything that the index lists through that pass', async () => {
    const link = await linkOf();
    const index = await (await fetch(link)).text();
    const listed = [...index.matchAll(/(?:URI="|^)([^#"\s]+\.m3u8)/gm)].map(([, address = '']) => address);
    expect(listed.length).toBeGreaterThan(1);
    for (const address of listed) {
      expect(address).toMatch(/^~[\w-]{32}\//);
      expect((await fetch(new URL(address, link))).status).toBe(200);
    }
  });

  it('is closed to all viewers when a host sends them out, but for those with a new link', async () => {
    const link = await linkOf();
    const media = await mediaOf(link);
    expect((await server.api('DELETE', `${PATH}/viewers`)).status).toBe(204);
    expect(await refusal(media)).toBe('403 pass_invalid');
    expect(await refusal(link)).toBe('401 token_revoked');
    expect((await fetch(await mediaOf(await linkOf()))).status).toBe(200);
  });

  it('is open to everybody while it is public, and to nobody of them once it is private again', async () => {
    const bare = `${server.url}/hls/${ROOM}/index.m3u8`;
    expect(await refusal(bare)).toBe('401 token_missing');
    await server.api('PATCH', PATH, { viewing: { access: 'public' } });
    const media = await mediaOf(bare);
    expect((await fetch(media)).status).toBe(200);
    await server.api('PATCH', PATH, { viewing: { access: 'private' } });
    expect(await refusal(media)).toBe('401 pass_missing');
  });

  it('leaves no token and no pass in the log', async () => {
    const link = await linkOf();
    const media = await mediaOf(link);
    await fetch(media);
    const log = await vi.waitFor(() => {
      const text = lines.join('\n');
      expect(text).toContain(`/hls/${ROOM}/~…/`);
      return text;
    }, PATIENCE);
    const pass = /~([\w-]+)\//.exec(media)?.[1] ?? '';
    const token = new URL(link).searchParams.get('token') ?? '';
    expect([pass.length, token.split('.').length]).toEqual([32, 3]);
    for (const secret of [pass, token, server.token]) expect(log).not.toContain(secret);
    expect(log).not.toMatch(/~[\w-]{8}/);
  });
});
