import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Findings } from '../helpers/hls-check/findings.ts';
import { follow } from '../helpers/hls-check/follow.ts';
import { HttpClient } from '../helpers/hls-check/http-client.ts';
import { LiveRoom } from '../helpers/hls-check/live-room.ts';
import { PROXIES, startProxy } from '../helpers/hls-check/proxies.ts';

/** Whole segments that are seen through each: some ten seconds. */
const SEGMENTS = 5;

// All at once: most of it is waiting for segments.
describe.concurrent('a live program behind a proxy that is set up as documented', () => {
  let room: LiveRoom;

  beforeAll(async () => {
    room = await LiveRoom.open();
  });
  afterAll(() => room.close());

  it.each(PROXIES)('breaks no rule of low-latency HLS through the real %s', async (kind) => {
    const proxy = await startProxy(kind, room.origin);
    const { ca } = proxy;
    const [client, leaving] = [new HttpClient({ ca }), new HttpClient({ ca })];
    const enough = new AbortController();
    const findings = new Findings();
    try {
      await follow(
        {
          ...{ url: room.playlistUrl(proxy.origin), ask: client.ask, crowd: leaving.ask, signal: enough.signal },
          ...{ dvrQuery: 'dvr=1', decodeEvery: 4 },
          onSegments: async (count) => (count === SEGMENTS ? enough.abort() : undefined),
        },
        findings,
      );
    } finally {
      await Promise.all([client.close(), leaving.close()]);
      await proxy.close();
    }
    expect(findings.untimed).toEqual([]);
    expect(findings.tally.parts).toBeGreaterThan(2 * SEGMENTS);
  });
});
