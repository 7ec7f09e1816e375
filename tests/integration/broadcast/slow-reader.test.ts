import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Broadcaster } from '../../../src/broadcast/broadcaster.ts';
import type { H264Config, OpusConfig } from '../../../src/media/codec.ts';
import { Stream } from '../../../src/media/stream.ts';
import { pts, wallTime } from '../../../src/media/timestamp.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { Door, heardOut } from '../ingest/door.ts';

const FRAME_BYTES = 100_000;
const GROUP = 10;
const CONFIG: H264Config = {
  codec: 'h264',
  format: 'avc',
  codecString: 'avc1.42E01F',
  description: Uint8Array.from([1, 0x42, 0xe0, 0x1f, 0xff, 0xe1, 0, 4, 0x67, 0x42, 0xe0, 0x1f, 1, 0, 2, 0x68, 0xce]),
  width: 1280,
  height: 720,
  framerate: 30,
};

/** A room whose program is large pictures, written by the test. */
async function open() {
  const video = new Stream<H264Config>({ label: 'video', timescale: 30, replay: { maxItems: 99, maxBytes: 2 ** 24 } });
  const low = new Stream<H264Config>({ label: 'low', timescale: 30 });
  const sound = new Stream<OpusConfig>({ label: 'sound', timescale: 48000 });
  const mixer = { video, low, setLowWanted: () => {}, returnSound: () => sound, setListening: () => {} };
  const broadcaster = new Broadcaster(mixer, systemClock);
  onTestFinished(() => broadcaster.close());
  const door = await Door.open({ receivers: () => broadcaster });
  let frame = 0;
  /** One frame, when everybody has dealt with the one before. */
  const show = async (): Promise<void> => {
    const data = new Uint8Array(FRAME_BYTES);
    new DataView(data.buffer).setUint32(0, FRAME_BYTES - 4);
    data[4] = frame % GROUP === 0 ? 0x65 : 0x41;
    const wall = wallTime(1_800_000_000_000 + (frame * 1000) / 30);
    video.write({ data, pts: pts(frame), duration: 1, wallTime: wall, keyframe: frame % GROUP === 0, config: CONFIG });
    frame += 1;
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  };
  return { door, broadcaster, show };
}

describe('the program, on its way to somebody who stops reading', () => {
  it('waits for nobody: it skips, keeps the connection, and goes on at a key frame when they read again', async () => {
    const { door, broadcaster, show } = await open();
    const slow = await door.join();
    const slowPictures = await door.attach(slow.welcome.ticket);
    const other = await door.join('ana');
    const otherPictures = await door.attach(other.welcome.ticket);
    slowPictures.socket.pause();
    let shown = 0;
    // The operating system takes some megabytes before anybody notices.
    await vi.waitFor(
      async () => {
        for (let count = 0; count < GROUP; count += 1, shown += 1) await show();
        await otherPictures.until(() => (otherPictures.frames.length === shown ? true : undefined));
        expect(broadcaster.skipped).toBeGreaterThan(2 * GROUP);
      },
      { timeout: 20_000, interval: 1 },
    );
    expect(slowPictures.frames.length).toBeLessThan(shown);
    slowPictures.socket.resume();
    await vi.waitFor(
      async () => {
        for (let count = 0; count < GROUP; count += 1, shown += 1) await show();
        expect(slowPictures.frames.at(-1)?.header.seq).toBe(shown - 1);
      },
      { timeout: 20_000, interval: 1 },
    );
    const gaps = slowPictures.frames.slice(1).filter(({ header }, index) => {
      return header.seq !== (slowPictures.frames[index]?.header.seq ?? 0) + 1;
    });
    expect(gaps.length).toBeGreaterThan(0);
    for (const { header } of gaps) expect(header.keyframe).toBe(true);
    expect(broadcaster.skipped).toBe(shown - slowPictures.frames.length);
    await otherPictures.until(() => (otherPictures.frames.length === shown ? true : undefined));
    await heardOut(slow.control);
    await heardOut(slow.control, slowPictures);
  });

  it('ends with whoever leaves', async () => {
    const { door, broadcaster, show } = await open();
    const { control, welcome } = await door.join();
    const pictures = await door.attach(welcome.ticket);
    await show();
    control.say({ type: 'bye' });
    await Promise.all([control.closed, pictures.closed]);
    const before = broadcaster.skipped;
    for (let count = 0; count < 3; count += 1) await show();
    expect(broadcaster.skipped).toBe(before);
    expect(pictures.frames).toHaveLength(1);
  });
});
