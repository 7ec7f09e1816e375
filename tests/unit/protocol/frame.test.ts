import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeFrame,
  encodeFrame,
  type Frame,
  FRAME_HEADER_BYTES,
  type FrameHeader,
} from '../../../src/protocol/frame.ts';

const header: FrameHeader = {
  kind: 'video',
  keyframe: true,
  discontinuity: false,
  endOfTrack: false,
  muted: false,
  track: 0x0201,
  seq: 0x06050403,
  captureUs: 0x000e_0d0c_0b0a_0908 % 2 ** 53,
  durationUs: 0x13121110,
  configId: 0x1514,
  level: 0x16,
};

const headers: fc.Arbitrary<FrameHeader> = fc.record({
  kind: fc.constantFrom('video' as const, 'audio' as const, 'container' as const),
  keyframe: fc.boolean(),
  discontinuity: fc.boolean(),
  endOfTrack: fc.boolean(),
  muted: fc.boolean(),
  track: fc.integer({ min: 0, max: 65535 }),
  seq: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  captureUs: fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
  durationUs: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  configId: fc.integer({ min: 0, max: 65535 }),
  level: fc.integer({ min: 0, max: 255 }),
});

function decoded(message: Uint8Array): Frame {
  const frame = decodeFrame(message);
  if (typeof frame === 'string') throw new Error(frame);
  return frame;
}

describe('the media frame', () => {
  it('stands byte by byte as the protocol document says', () => {
    const message = encodeFrame(header, Uint8Array.of(0xaa, 0xbb));
    expect(Buffer.from(message).toString('hex')).toBe(
      ['11', '01', '0102', '03040506', '08090a0b', '0c0d0e00', '10111213', '1415', '16', '00', 'aabb'].join(''),
    );
  });

  it('comes back as it was sent, whatever it says', () => {
    fc.assert(
      fc.property(headers, fc.uint8Array({ maxLength: 64 }), (sent, payload) => {
        const frame = decoded(encodeFrame(sent, payload));
        expect(frame.header).toEqual(sent);
        expect(frame.payload).toEqual(payload);
      }),
    );
  });

  it('is read from the middle of a larger buffer', () => {
    const message = encodeFrame(header, Uint8Array.of(1, 2, 3));
    const padded = new Uint8Array(message.byteLength + 20);
    padded.set(message, 7);
    expect(decoded(padded.subarray(7, 7 + message.byteLength)).header).toEqual(header);
  });

  it('gives its payload as a view of the message', () => {
    const message = encodeFrame(header, Uint8Array.of(1, 2, 3));
    expect(decoded(message).payload.buffer).toBe(message.buffer);
  });

  it('wraps the sequence number at 2^32', () => {
    expect(decoded(encodeFrame({ ...header, seq: 2 ** 32 }, new Uint8Array())).header.seq).toBe(0);
  });

  it('may be empty, but never shorter than its header', () => {
    const message = encodeFrame(header, new Uint8Array());
    expect(decoded(message).payload.byteLength).toBe(0);
    expect(decodeFrame(message.subarray(0, FRAME_HEADER_BYTES - 1))).toBe(
      'A media frame has a header of 24 bytes; this message has 23.',
    );
  });

  it.each([
    [0, 0x21, 'The frame says version 2; this server speaks 1.'],
    [0, 0x10, 'The frame says kind 0; known are 1 (video), 2 (audio) and 3 (container).'],
    [0, 0x14, 'The frame says kind 4; known are 1 (video), 2 (audio) and 3 (container).'],
    [14, 0x20, 'The capture time is beyond 2^53 microseconds.'],
  ])('is refused with byte %i as %i', (offset, value, sentence) => {
    const message = encodeFrame(header, Uint8Array.of(1));
    message[offset] = value;
    expect(decodeFrame(message)).toBe(sentence);
  });

  it('never throws at any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        const frame = decodeFrame(bytes);
        if (typeof frame === 'string') expect(frame).toMatch(/\.$/);
        else expect(Number.isSafeInteger(frame.header.captureUs)).toBe(true);
      }),
    );
  });
});
