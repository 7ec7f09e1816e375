/**
 * The binary media frame: 24 bytes of header, little-endian, then one coded unit; one frame per WebSocket message.
 * The same module serves server and browser. docs/protocol.md is its description for everybody else.
 */

/** Bytes before the payload. */
export const FRAME_HEADER_BYTES = 24;

/** High nibble of the first byte. */
export const FRAME_VERSION = 1;

/** Low nibble of the first byte. */
export const FRAME_KIND = { video: 1, audio: 2, container: 3 } as const;

/** Bits of the second byte. */
export const FRAME_FLAG = { key: 1, discontinuity: 2, endOfTrack: 4, muted: 8, voice: 16 } as const;

/** What the header says. */
export interface FrameHeader {
  /** `container`: a piece of a recorder's WebM file, which a key frame flag begins. */
  readonly kind: 'video' | 'audio' | 'container';
  readonly keyframe: boolean;
  /** The source was switched or resumed: do not compare with what came before. */
  readonly discontinuity: boolean;
  readonly endOfTrack: boolean;
  readonly muted: boolean;
  /** Track number, 0–65535. */
  readonly track: number;
  /** Counts the frames of this track handed to the socket, modulo 2^32. */
  readonly seq: number;
  /** Capture time on the sender's monotonic clock, microseconds, at most 2^53 - 1. */
  readonly captureUs: number;
  /** Duration in microseconds. */
  readonly durationUs: number;
  /** Which `config` message describes the payload. */
  readonly configId: number;
  /** Sound: level in -dBov, 0 (loudest) to 127 (RFC 6464); picture: quarter turns clockwise in bits 0–1, mirrored in bit 2. */
  readonly level: number;
}

/** A header and its payload; the payload is a view, not a copy. */
export interface Frame {
  readonly header: FrameHeader;
  readonly payload: Uint8Array;
}

const UINT32 = 2 ** 32;

/** One message: header and payload in one buffer, so that every receiver can share it. */
export function encodeFrame(header: FrameHeader, payload: Uint8Array): Uint8Array<ArrayBuffer> {
  const message = new Uint8Array(FRAME_HEADER_BYTES + payload.byteLength);
  const view = new DataView(message.buffer);
  view.setUint8(0, (FRAME_VERSION << 4) | FRAME_KIND[header.kind]);
  view.setUint8(1, flagsOf(header));
  view.setUint16(2, header.track, true);
  view.setUint32(4, header.seq >>> 0, true);
  view.setUint32(8, header.captureUs % UINT32, true);
  view.setUint32(12, Math.floor(header.captureUs / UINT32), true);
  view.setUint32(16, header.durationUs, true);
  view.setUint16(20, header.configId, true);
  view.setUint8(22, header.level);
  message.set(payload, FRAME_HEADER_BYTES);
  return message;
}

/** The frame in a message, or a sentence that says why it is none. */
export function decodeFrame(message: Uint8Array): Frame | string {
  if (message.byteLength < FRAME_HEADER_BYTES) {
    return `A media frame has a header of ${FRAME_HEADER_BYTES} bytes; this message has ${message.byteLength}.`;
  }
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
  const first = view.getUint8(0);
  if (first >> 4 !== FRAME_VERSION) return `The frame says version ${first >> 4}; this server speaks ${FRAME_VERSION}.`;
  const kind = kindOf(first & 15);
  if (!kind) return `The frame says kind ${first & 15}; known are 1 (video), 2 (audio) and 3 (container).`;
  const high = view.getUint32(12, true);
  if (high >= 2 ** 21) return 'The capture time is beyond 2^53 microseconds.';
  const flags = view.getUint8(1);
  const header: FrameHeader = {
    kind,
    keyframe: (flags & FRAME_FLAG.key) !== 0,
    discontinuity: (flags & FRAME_FLAG.discontinuity) !== 0,
    endOfTrack: (flags & FRAME_FLAG.endOfTrack) !== 0,
    muted: (flags & FRAME_FLAG.muted) !== 0,
    track: view.getUint16(2, true),
    seq: view.getUint32(4, true),
    captureUs: high * UINT32 + view.getUint32(8, true),
    durationUs: view.getUint32(16, true),
    configId: view.getUint16(20, true),
    level: view.getUint8(22),
  };
  return { header, payload: message.subarray(FRAME_HEADER_BYTES) };
}

function kindOf(code: number): FrameHeader['kind'] | undefined {
  if (code === FRAME_KIND.video) return 'video';
  if (code === FRAME_KIND.audio) return 'audio';
  return code === FRAME_KIND.container ? 'container' : undefined;
}

function flagsOf(header: FrameHeader): number {
  return (
    (header.keyframe ? FRAME_FLAG.key : 0) |
    (header.discontinuity ? FRAME_FLAG.discontinuity : 0) |
    (header.endOfTrack ? FRAME_FLAG.endOfTrack : 0) |
    (header.muted ? FRAME_FLAG.muted : 0)
  );
}
