import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { LoadReport } from '../../../../src/cli/viewers/load-report.ts';
import type { HlsAnswer, HlsControl } from '../../../../src/api/ports.ts';
import { HlsOrigin } from '../../../../src/hls/hls-origin.ts';
import { LiveStream } from '../../../../src/hls/live-stream.ts';
import { streamTimes } from '../../../../src/hls/profile.ts';
import type { Part } from '../../../../src/media/part.ts';
import { systemClock } from '../../../../src/util/clock.ts';
import { gridcast } from '../../../helpers/command.ts';
import { numberedProgram } from '../../../helpers/numbered-program.ts';
import { startApi } from '../../api/api-server.ts';

const VIEWERS = 10;
const ROOM = 'hall';
/** Parts that are there before anybody comes: two segments and a half. */
const BEFORE = 10;

let parts: Part[];

beforeAll(async () => {
  parts = await numberedProgram({ seconds: 8 });
});

/** A server whose room is live; `refuse` names media that it does not give out. */
async function live(refuse: (path: string) => boolean = () => false) {
  const origin = new HlsOrigin(systemClock);
  onTestFinished(() => origin.close());
  const stream = new LiveStream({
    sessionId: 's1',
    times: streamTimes('standard', 30, 2),
    windowSegments: 30,
    dvrSegments: 30,
    orderedBitrate: 0,
    originWallMs: 0,
    captions: false,
    clock: systemClock,
    source: { readSegment: () => Promise.resolve(undefined) },
  });
  origin.open(ROOM, stream);
  for (const part of parts.slice(0, BEFORE)) stream.add(part);
  const none: HlsAnswer = { status: 404, contentType: 'text/plain', cacheControl: 'no-store', body: 'none' };
  const hls: HlsControl = {
    get: async (room, path, query, signal) => (refuse(path) ? none : origin.get(room, path, query, signal)),
  };
  const { port } = await startApi({ ports: { hls } });
  return { origin, stream, url: `http://127.0.0.1:${port}/hls/${ROOM}/index.m3u8` };
}

/** Runs the command while each part is made as soon as everybody waits for it, and until the stream ends. */
async function bench({ origin, stream, url }: Awaited<ReturnType<typeof live>>, ...args: readonly string[]) {
  const options = ['--n', String(VIEWERS), '--workers', '2', '--ramp', '0', '--seconds', '600', '--json', ...args];
  const running = gridcast(['bench', 'viewers', '--url', url, ...options]);
  for (const part of parts.slice(BEFORE)) {
    await vi.waitFor(() => expect(origin.waiting).toBe(VIEWERS), { timeout: 30_000, interval: 5 });
    stream.add(part);
  }
  await vi.waitFor(() => expect(origin.waiting).toBe(VIEWERS), { timeout: 30_000, interval: 5 });
  origin.end(ROOM, stream);
  const { code, stdout } = await running;
  return { code, report: JSON.parse(stdout) as LoadReport };
}

describe('gridcast bench viewers', () => {
  it('gives every part to every viewer, who hold their reloads and take updates, and ends well', async () => {
    const { code, report } = await bench(await live());
    const made = (parts.length - BEFORE) * VIEWERS;
    expect(report).toMatchObject({ viewers: VIEWERS, played: VIEWERS, errors: {}, http: 'HTTP/1.1' });
    expect(report.deliveryMs?.count).toBe(made);
    expect(report.latencyMs?.count).toBe(made);
    expect(report.updateShare).toBeGreaterThan(0.7);
    expect(code).toBe(0);
  });

  it('ends with 1 and says what was wrong when a viewer did not get something', async () => {
    const refused = await live((path) => path.endsWith('part-3-1.m4s'));
    const { code, report } = await bench(refused);
    expect(report.errors).toEqual({ 'media: HTTP 404': VIEWERS });
    expect(report.played).toBe(VIEWERS);
    expect(code).toBe(1);
  });

  it('brings nobody when there is nothing to watch, and says so', async () => {
    const { url } = await live();
    const { code, stdout, stderr } = await gridcast(['bench', 'viewers', '--url', url.replace(ROOM, 'attic')]);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^gridcast bench: There is nothing to watch at .*attic.* \(HTTP 404\)\. .*\?\n$/);
    expect(code).toBe(1);
  });
});
