import { describe, expect, it } from 'vitest';
import { parseClientMessage } from '../../../../src/protocol/messages.ts';
import { type ReportedFigures, StatsReport } from '../../../../web/controllers/stats-report.ts';

const FIGURES: ReportedFigures = {
  clockOffsetMs: 250.5,
  rttMs: 12,
  sentFps: 30,
  shownFps: 28,
  receivedFps: 29,
  heldBack: 3,
  underruns: 1,
  captureToSentMs: 8,
  ackMs: 40,
  latencyMs: 90,
  pictureBehindMs: -5,
  soundMs: 60,
  glassToGlassMs: 180,
};

describe('the report of a page', () => {
  it('comes every 5 s, with what went wrong since the one before', () => {
    const report = new StatsReport();
    const first = report.take(0, FIGURES);
    expect(first).toEqual({
      type: 'stats',
      clock: { offsetMs: 250.5, rttMs: 12 },
      sent: { fps: 30, dropped: 0, encodeMs: 8, ackMs: 40 },
      shown: { fps: 28, dropped: 1, underruns: 0, pictureMs: 90, soundMs: 95, bufferMs: 60, glassMs: 180 },
    });
    for (let second = 1; second < 5; second += 1) expect(report.take(second * 1000, FIGURES)).toBeUndefined();
    const next = report.take(5000, { ...FIGURES, heldBack: 7, underruns: 3 });
    expect(next).toMatchObject({ sent: { dropped: 4 }, shown: { dropped: 5, underruns: 2 } });
    expect(parseClientMessage(JSON.stringify(next))).toEqual(next);
  });

  it('waits for the clock, and leaves out what is not known', () => {
    const report = new StatsReport();
    const few = { ...FIGURES, captureToSentMs: undefined, ackMs: undefined, pictureBehindMs: undefined };
    expect(report.take(0, { ...few, clockOffsetMs: undefined })).toBeUndefined();
    const message = report.take(1000, { ...few, rttMs: undefined, glassToGlassMs: undefined });
    expect(message?.sent).toEqual({ fps: 30, dropped: 0 });
    expect(message?.shown).toEqual({ fps: 28, dropped: 2, underruns: 0, pictureMs: 90, bufferMs: 60 });
    expect(parseClientMessage(JSON.stringify(message))).toEqual(message);
  });

  it('stays within what the server takes, whatever was measured', () => {
    const wild = {
      ...FIGURES,
      receivedFps: 1e9,
      shownFps: -5,
      sentFps: 1e9,
      captureToSentMs: -3,
      ackMs: Number.NaN,
      latencyMs: 1e9,
      glassToGlassMs: Number.POSITIVE_INFINITY,
    };
    const message = new StatsReport().take(0, wild);
    expect(message).toMatchObject({
      sent: { fps: 1000, encodeMs: 0 },
      shown: { fps: 0, dropped: 100_000, pictureMs: 60_000 },
    });
    expect(message?.sent).not.toHaveProperty('ackMs');
    expect(message?.shown).not.toHaveProperty('glassMs');
    expect(parseClientMessage(JSON.stringify(message))).toEqual(message);
  });

  it('is due at once on another connection', () => {
    const report = new StatsReport();
    report.take(0, FIGURES);
    report.reset();
    expect(report.take(500, FIGURES)).toBeDefined();
  });
});
