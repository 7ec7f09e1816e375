import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bodyLength,
  configRecord,
  MAX_BODY_BYTES,
  packetRecord,
  parseRecord,
  RECORD_HEAD_BYTES,
  type TrackConfig,
  type TrackRecord,
} from '../../../../src/recorder/tracks/track-record.ts';

const h264 = {
  codec: 'h264',
  format: 'annexb',
  codecString: 'avc1.42E01F',
  width: 640,
  height: 360,
  framerate: 30,
} as const;

function parsed(bytes: Uint8Array, at = 0): TrackRecord | undefined {
  const length = bytes.byteLength - at < RECORD_HEAD_BYTES ? undefined : bodyLength(bytes, at);
  return length === undefined ? undefined : parseRecord(bytes, at, length);
}

const bytesOf = (record: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(record));

describe('a record of an isolated track', () => {
  it.each<TrackConfig>([
    h264,
    { ...h264, format: 'avc', description: Uint8Array.of(1, 66, 0, 31, 255) },
    { codec: 'vp8', codecString: 'vp8', width: 1280, height: 720, framerate: 29.97 },
    { codec: 'opus', codecString: 'opus', sampleRate: 48000, channels: 2 },
  ])('brings a configuration back: %o', (config) => {
    expect(parsed(bytesOf(configRecord(config)))).toEqual({ kind: 'config', config });
  });

  it('brings a packet back with its times, also from before the beginning of the session', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e5, max: 1e10, noNaN: true }),
        fc.integer({ min: 0, max: 4_000_000_000 }),
        fc.boolean(),
        fc.uint8Array({ maxLength: 300 }),
        (ms, durationUs, keyframe, data) => {
          const packet = { ms, durationMs: durationUs / 1000, keyframe, data };
          expect(parsed(bytesOf(packetRecord(packet)))).toEqual({ kind: 'packet', ...packet });
        },
      ),
    );
  });

  it('holds a duration to what its field can say', () => {
    const data = new Uint8Array(0);
    const durations = [-1, 1e12].map((durationMs) => {
      const record = parsed(bytesOf(packetRecord({ ms: 0, durationMs, keyframe: true, data })));
      return record?.kind === 'packet' ? record.durationMs : undefined;
    });
    expect(durations).toEqual([0, 4294967.295]);
  });

  it('is never taken for another when a byte of it was flipped or its end is missing', () => {
    const record = bytesOf(
      packetRecord({ ms: 1234.5, durationMs: 20, keyframe: true, data: Uint8Array.of(1, 2, 3, 4, 5) }),
    );
    for (let at = 0; at < record.byteLength; at += 1) {
      for (const flip of [1, 0x80, 0xff]) {
        const damaged = record.map((byte, index) => (index === at ? byte ^ flip : byte));
        expect(parsed(damaged), `byte ${at}`).toBeUndefined();
      }
      expect(parsed(record.subarray(0, at))).toBeUndefined();
    }
  });

  it('takes a packet to the limit and none beyond', () => {
    const fixed = bytesOf(packetRecord({ ms: 0, durationMs: 0, keyframe: true, data: new Uint8Array(0) })).byteLength;
    const most = new Uint8Array(MAX_BODY_BYTES - (fixed - RECORD_HEAD_BYTES));
    expect(parsed(bytesOf(packetRecord({ ms: 0, durationMs: 0, keyframe: true, data: most })))?.kind).toBe('packet');
    const more = new Uint8Array(most.byteLength + 1);
    expect(() => packetRecord({ ms: 0, durationMs: 0, keyframe: true, data: more })).toThrow(RangeError);
  });

  it('is no configuration that a participant could not have announced', () => {
    const strange = { ...h264, width: 0 } as TrackConfig;
    expect(parsed(bytesOf(configRecord(strange)))).toBeUndefined();
  });
});
