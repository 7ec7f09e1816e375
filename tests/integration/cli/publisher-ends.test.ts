import { expect, it, onTestFinished, vi } from 'vitest';
import type { PublishedTrack } from '../../../src/cli/publish/announced-tracks.ts';
import { PublisherClient } from '../../../src/cli/publish/publisher-client.ts';
import type { Clock } from '../../../src/util/clock.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { StoppedClock } from '../../helpers/stopped-clock.ts';
import { Door } from '../ingest/door.ts';

/** Patience with a busy machine. */
const WAIT = { timeout: 9000 };
const SOUND = 3;
const PICTURE = 4;
const TRACKS: readonly PublishedTrack[] = [
  {
    publish: { type: 'publish', track: SOUND, kind: 'audio', source: 'file' },
    config: { type: 'config', track: SOUND, id: 0, codec: 'opus', sampleRate: 48000, channels: 2 },
  },
  {
    publish: { type: 'publish', track: PICTURE, kind: 'video', source: 'file' },
    config: {
      ...{ type: 'config', track: PICTURE, id: 0, codec: 'h264', codecString: 'avc1.42C01F' },
      ...{ width: 320, height: 180, framerate: 30 },
    },
  },
];

/** A publisher whose two tracks are published, or as many of them as the server takes. */
async function open(maxTracks = 6) {
  const clock = new FakeClock();
  return { clock, ...(await openWith(clock, maxTracks)) };
}

async function openWith(clock: Clock, maxTracks = 6) {
  const door = await Door.open({ limits: { maxTracks } });
  const notices: string[] = [];
  const onNotice = (text: string): void => void notices.push(text);
  const common = { room: 'demo', token: 'participant', name: 'Film', tracks: TRACKS };
  const client = new PublisherClient({ ...common, url: door.url, clock, onNotice });
  const run = client.run();
  run.catch(() => {});
  onTestFinished(async () => {
    client.close();
    await run.catch(() => {});
  });
  const published = (): number[] => [...(door.room.participants[0]?.tracks.keys() ?? [])];
  await vi.waitFor(() => {
    expect([published(), door.connections]).toEqual([[SOUND, PICTURE].slice(0, maxTracks), 2]);
  }, WAIT);
  return {
    door,
    client,
    run,
    published,
    /** What it said of its tracks. */
    remarks: () => notices.filter((text) => text.startsWith('Track')),
    end(track: number, code: string): void {
      const { events } = door.room.participants[0]?.tracks.get(track) ?? {};
      events?.emit('refused', { code, message: `${code}.` });
    },
    /** Resolves when both sides know of it, and the client waits for its next try. */
    async cut(count: number): Promise<void> {
      door.cut();
      await vi.waitFor(() => {
        expect(door.room.participants[0]?.detached).toBe(true);
        expect(notices.filter((text) => text.includes('Trying again'))).toHaveLength(count);
      }, WAIT);
    },
    send: (track: number) =>
      client.send({ track, captureUs: 1, durationUs: 1, keyframe: true, data: Uint8Array.of(0xf8, 1, 2, 3) }),
    /** Resolves once the client is there again. */
    back: () => vi.waitFor(() => expect(door.room.participants[0]?.detached).toBe(false), WAIT),
  };
}

it('a track that the server ended during a cut is told of, with the reason, and sent no more', async () => {
  const { door, clock, cut, end, back, send, published, remarks } = await open();
  await cut(1);
  end(PICTURE, 'too_expensive');
  clock.advance(500);
  await back();
  await vi.waitFor(() => expect(remarks()).toEqual(['Track 4: too_expensive.']), WAIT);
  let sounds = 0;
  void (async () => {
    const limits = { maxItems: 1000, maxBytes: 100_000 };
    const stream = door.room.participants[0]?.tracks.get(SOUND)?.stream;
    for await (const _ of stream?.subscribe({ label: 'test', limits, onOverflow: 'fail' }) ?? []) sounds += 1;
  })();
  // The other goes on, and its answers come behind all that was said of the picture.
  await vi.waitFor(() => {
    send(PICTURE);
    send(SOUND);
    expect(sounds).toBeGreaterThan(2);
  }, WAIT);
  expect(published()).toEqual([SOUND]);
  expect(remarks()).toHaveLength(1);
});

it('a picture that the server gave up during a cut is sent again in time, and that once', async () => {
  const { clock, cut, end, back, published, remarks } = await open();
  await cut(1);
  end(PICTURE, 'decode_failed');
  clock.advance(500);
  await back();
  const plan = ['Track 4: decode_failed. Sending it again in 10 s.'];
  await vi.waitFor(() => expect(remarks()).toEqual(plan), WAIT);
  // In steps: the answers to its pings take real time.
  await vi.waitFor(() => {
    clock.advance(500);
    expect(published()).toEqual([SOUND, PICTURE]);
  }, WAIT);
  await cut(2);
  clock.advance(500);
  await back();
  expect(published()).toEqual([SOUND, PICTURE]);
  expect(remarks()).toEqual(plan);
});

it('a picture whose second try falls into a cut is tried with the next connection, whatever is said again of its end', async () => {
  const { clock, cut, end, published, remarks } = await open();
  end(PICTURE, 'no_keyframe');
  const plan = ['Track 4: no_keyframe. Sending it again in 10 s.'];
  await vi.waitFor(() => expect(remarks()).toEqual(plan), WAIT);
  await cut(1);
  clock.advance(10_000);
  await vi.waitFor(() => expect(published()).toEqual([SOUND, PICTURE]), WAIT);
  expect(remarks()).toEqual(plan);
});

it('a run whose every track was ended during a cut ends with the reason', async () => {
  const { clock, cut, end, run } = await open();
  await cut(1);
  end(SOUND, 'decode_failed');
  end(PICTURE, 'video_stopped');
  clock.advance(500);
  await expect(run).rejects.toThrow('video_stopped.');
});

it('a track that the server does not take is sent no more', async () => {
  const { end, run, remarks } = await open(1);
  await vi.waitFor(() => expect(remarks()).toHaveLength(2), WAIT);
  expect(remarks()).toEqual([expect.stringContaining('Track 4: '), expect.stringContaining('not published')]);
  // Nothing is left to send then.
  end(SOUND, 'decode_failed');
  await expect(run).rejects.toThrow('decode_failed.');
});

it('a machine that stands still does not make it leave before the server has the last frame', async () => {
  const clock = new StoppedClock();
  const { door, client, send } = await openWith(clock);
  let delivered = 0;
  const deliver = (): void => {
    send(SOUND);
    void client.delivered().then(() => {
      delivered += 1;
    });
  };
  /** The server acknowledges by its own clock, which stands still else. */
  const acknowledged = (): number => {
    door.clock.advance(100);
    return delivered;
  };
  deliver();
  await vi.waitFor(() => expect(acknowledged()).toBe(1), WAIT);
  expect(clock.pending).toBe(0);
  deliver();
  await vi.waitFor(() => expect(clock.pending).toBe(1), WAIT);
  clock.standStill(60_000);
  await vi.waitFor(() => expect(clock.pending).toBe(1), WAIT);
  expect(delivered).toBe(1);
  await vi.waitFor(() => expect(acknowledged()).toBe(2), WAIT);
});
