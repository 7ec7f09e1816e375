import { describe, expect, it } from 'vitest';
import { opusDurationUs } from '../../../../src/ingest/webm/opus-duration.ts';

/** The first byte of a packet: its form (0–31) and its code (0–3). */
function head(form: number, code: number): number {
  return form * 8 + code;
}

describe('how long an Opus packet sounds', () => {
  it.each([
    [head(0, 0), 10],
    [head(3, 0), 60],
    [head(7, 0), 60],
    [head(10, 0), 40],
    [head(12, 0), 10],
    [head(15, 0), 20],
    [head(16, 0), 2.5],
    [head(31, 0), 20],
    [head(31, 1), 40],
    [head(31, 2), 40],
  ])('is read from its first byte: %i means %f ms', (first, ms) => {
    expect(opusDurationUs(Uint8Array.of(first, 1, 2))).toBe(ms * 1000);
  });

  it('counts the frames of a packet that says how many it has, up to 120 ms', () => {
    expect(opusDurationUs(Uint8Array.of(head(31, 3), 0xc3))).toBe(60_000);
    expect(opusDurationUs(Uint8Array.of(head(31, 3), 6))).toBe(120_000);
    expect(opusDurationUs(Uint8Array.of(head(31, 3), 7))).toBe(120_000);
    expect(opusDurationUs(Uint8Array.of(head(31, 3)))).toBe(0);
    expect(opusDurationUs(new Uint8Array(0))).toBe(0);
  });
});
