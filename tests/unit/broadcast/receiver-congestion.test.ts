import { describe, expect, it, vi } from 'vitest';
import { Receiver } from '../../../src/broadcast/receiver.ts';
import type { OpusConfig } from '../../../src/media/codec.ts';
import { Stream } from '../../../src/media/stream.ts';
import { pts, wallTime } from '../../../src/media/timestamp.ts';
import { encodeFrame } from '../../../src/protocol/frame.ts';

const CONFIG: OpusConfig = { codec: 'opus', codecString: 'opus', sampleRate: 48_000, channels: 1 };
const GROUP = 60;
const GRACE = 61;

/** A peer that acknowledges up to `acknowledged`, and a program with a key frame every 60 frames. */
function setUp() {
  const stream = new Stream<OpusConfig>({ label: 'program', timescale: 30 });
  const peer = { sent: [] as number[], acknowledged: 2 ** 32 - 1 };
  const receiver = new Receiver({
    label: 'peer',
    stream,
    track: 16,
    maxInFlight: 15,
    socket: {
      send: () => undefined,
      sendFrame: (message) => peer.sent.push(new DataView(message.buffer, message.byteOffset).getUint32(4, true)),
      bufferedBytes: 0,
      acknowledged: () => peer.acknowledged,
    },
  });
  let seq = 0;
  /** Writes frames one by one, and waits until the receiver has dealt with each. */
  const write = async (count: number): Promise<void> => {
    for (let index = 0; index < count; index += 1, seq += 1) {
      const keyframe = seq % GROUP === 0;
      const header = { kind: 'video', keyframe, discontinuity: false, endOfTrack: false, muted: false } as const;
      const numbers = { track: 16, seq, captureUs: 0, durationUs: 0, configId: 0, level: 0 };
      const data = encodeFrame({ ...header, ...numbers }, new Uint8Array(10));
      const before = peer.sent.length + receiver.skipped;
      stream.write({ data, pts: pts(seq), duration: 1, wallTime: wallTime(0), keyframe, config: CONFIG });
      await vi.waitUntil(() => peer.sent.length + receiver.skipped > before, { interval: 1 });
    }
  };
  return { peer, receiver, write };
}

describe('Receiver', () => {
  it('skips to a key frame when more than the limit is not acknowledged', async () => {
    const { peer, receiver, write } = setUp();
    await write(GRACE);
    peer.acknowledged = GRACE - 1;
    await write(16);
    expect(receiver.skipped).toBe(0);
    await write(1);
    expect(receiver.skipped).toBe(1);
    peer.acknowledged = peer.sent.at(-1) ?? 0;
    await write(1);
    expect(receiver.skipped).toBe(2);
    receiver.close();
  });

  it('goes on with everything after the key frame once the peer has caught up', async () => {
    const { peer, receiver, write } = setUp();
    await write(GRACE);
    peer.acknowledged = GRACE - 1;
    await write(30);
    const skipped = receiver.skipped;
    expect(skipped).toBeGreaterThan(0);
    peer.acknowledged = peer.sent.at(-1) ?? 0;
    await write(2 * GROUP - GRACE - 30);
    // The acknowledgement of the key frame comes only some frames later: what was skipped before it is not under way.
    const before = peer.sent.length;
    await write(10);
    expect(peer.sent.length - before).toBe(10);
    receiver.close();
  });
});
