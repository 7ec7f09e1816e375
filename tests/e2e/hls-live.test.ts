import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Findings } from '../helpers/hls-check/findings.ts';
import { follow } from '../helpers/hls-check/follow.ts';
import { HttpClient } from '../helpers/hls-check/http-client.ts';
import { LiveRoom } from '../helpers/hls-check/live-room.ts';

/** Whole segments that were seen when the encoder is killed, and when everybody leaves. */
const SEGMENTS = { beforeKill: 3, afterKill: 8 };

describe('a live program', () => {
  let room: LiveRoom;
  const client = new HttpClient();
  const findings = new Findings();

  beforeAll(async () => {
    room = await LiveRoom.open();
  });
  afterAll(async () => {
    await client.close();
    await room.close();
  });

  it('breaks no rule of low-latency HLS, before and after its encoder is killed, and when it ends', async () => {
    const enough = new AbortController();
    const { ask } = client;
    const onSegments = async (count: number): Promise<void> => {
      if (count === SEGMENTS.beforeKill) room.killEncoder();
      if (count === SEGMENTS.afterKill) await room.end();
    };
    const url = room.playlistUrl();
    await follow({ url, ask, signal: enough.signal, dvrQuery: 'dvr=1', decodeEvery: 2, onSegments }, findings);
    const { tally, untimed } = findings;
    expect(untimed).toEqual([]);
    // A checker that looks at nothing finds nothing.
    expect(tally.breaks).toBeGreaterThan(0);
    expect(tally.segments).toBeGreaterThanOrEqual(SEGMENTS.afterKill);
    expect(tally.parts).toBeGreaterThan(3 * SEGMENTS.beforeKill);
    expect(tally.deltas).toBeGreaterThan(0);
    for (const oracle of ['hls-parser', 'm3u8-parser', 'mp4box', 'ffprobe', 'ffmpeg']) {
      expect(tally.oracles[oracle]).toBeGreaterThan(2);
    }
  });
});
