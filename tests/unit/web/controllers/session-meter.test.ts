import { describe, expect, it } from 'vitest';
import { SessionMeter, type SessionTotals } from '../../../../web/controllers/session-meter.ts';

const START: SessionTotals = {
  atMs: 1000,
  framesSent: 100,
  bytesSent: 50_000,
  framesShown: 90,
  framesReceived: 95,
  bytesReceived: 1_000_000,
  rttMs: 12,
  clockOffsetMs: 3,
  latencyMs: 180,
  latencyWorstMs: 210,
  arrivalMs: 90,
  captureToSentMs: 9,
  ackMs: 14,
  heldBack: 0,
  line: 'good',
  pictureBehindMs: 12,
  decoding: 1,
  dropped: 2,
  soundMs: 60,
  underruns: 0,
  skips: 0,
  sending: { width: 640, height: 352 },
  tracks: [{ track: 1, size: { width: 640, height: 352 }, captureToSentMs: 9, bytes: 50_000 }],
  host: 'worker',
  softwareDecoder: false,
};

describe('SessionMeter', () => {
  it('needs two readings for a rate', () => {
    const meter = new SessionMeter();
    expect(meter.take(START)).toBeUndefined();
    const stats = meter.take({
      ...START,
      atMs: 3000,
      framesSent: 160,
      bytesSent: 250_000,
      framesShown: 148,
      framesReceived: 155,
      bytesReceived: 1_475_000,
    });
    expect(stats).toMatchObject({
      sentFps: 30,
      sentBitrate: 800_000,
      shownFps: 29,
      receivedFps: 30,
      receivedBitrate: 1_900_000,
      rttMs: 12,
    });
  });

  it('shows no negative rate when a camera is switched off and on', () => {
    const meter = new SessionMeter();
    meter.take(START);
    expect(meter.take({ ...START, atMs: 2000, framesSent: 3, bytesSent: 900 })).toMatchObject({
      sentFps: 0,
      sentBitrate: 0,
    });
  });
});
