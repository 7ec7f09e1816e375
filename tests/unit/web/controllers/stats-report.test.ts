import { describe, expect, it } from 'vitest';
import { parseClientMessage } from '../../../../src/protocol/messages.ts';
import { type MeasuredSecond, StatsReport } from '../../../../web/controllers/stats-report.ts';

const SECOND: MeasuredSecond = {
  atMs: 1000,
  offsetMs: 250.5,
  rttMs: 12,
  framesSent: 30,
  framesHeldBack: 0,
  framesShown: 28,
  framesReceived: 29,
  underruns: 0,
  encodeMs: 8,
  ackMs: 40,
  pictureMs: 90,
  soundMs: undefined,
  bufferMs: 60,
  glassMs: 180,
};
const LATER = { ...SECOND, atMs: 6000, framesSent: 180, framesHeldBack: 4, framesShown: 168, framesReceived: 179 };

describe('the report of a page', () => {
  it('begins with the clock, and goes on every 5 s with rates and what went wrong since', () => {
    const report = new StatsReport();
    expect(report.take(SECOND)).toEqual({ type: 'stats', clock: { offsetMs: 250.5, rttMs: 12 } });
    expect(report.take({ ...SECOND, atMs: 5999 })).toBeUndefined();
    const message = report.take(LATER);
    expect(message).toEqual({
      type: 'stats',
      clock: { offsetMs: 250.5, rttMs: 12 },
      sent: { fps: 30, dropped: 4, encodeMs: 8, ackMs: 40 },
      shown: { fps: 28, dropped: 10, underruns: 0, pictureMs: 90, bufferMs: 60, glassMs: 180 },
    });
    expect(parseClientMessage(JSON.stringify(message))).toEqual(message);
  });

  it('waits for the clock', () => {
    expect(new StatsReport().take({ ...SECOND, offsetMs: undefined })).toBeUndefined();
  });

  it('stays within what the server takes, whatever was measured', () => {
    const report = new StatsReport();
    report.take({ ...LATER, atMs: 0 });
    const wild = {
      ...SECOND,
      atMs: 5000,
      framesReceived: 1e9,
      framesShown: -5,
      framesHeldBack: -1,
      encodeMs: -3,
      ackMs: Number.NaN,
      pictureMs: 1e9,
      glassMs: Number.POSITIVE_INFINITY,
    };
    const message = report.take(wild);
    expect(message).toMatchObject({ sent: { fps: 0, dropped: 0, encodeMs: 0 }, shown: { fps: 0, pictureMs: 60_000 } });
    expect(message?.shown).not.toHaveProperty('glassMs');
    expect(parseClientMessage(JSON.stringify(message))).toEqual(message);
  });

  it('is due at once on another connection', () => {
    const report = new StatsReport();
    report.take(SECOND);
    report.reset();
    expect(report.take({ ...SECOND, atMs: 1500 })).toEqual({ type: 'stats', clock: { offsetMs: 250.5, rttMs: 12 } });
  });
});
