import { describe, expect, it } from 'vitest';
import { Playhead } from '../../../../web/playback/playhead.ts';

const REPORT = { playing: true, playheadUs: 5_000_000, contextTime: 10, levelMs: 60, underruns: 0, skips: 0 };
const NOW = 1_000_000_000;

describe('Playhead', () => {
  it('knows nothing before the first report and while no sound plays', () => {
    const playhead = new Playhead();
    expect(playhead.at(NOW, 0)).toBeUndefined();
    playhead.note({ ...REPORT, playing: false }, NOW);
    expect(playhead.at(NOW, 0)).toBeUndefined();
  });

  it('goes on with time, behind by what waits in the output', () => {
    const playhead = new Playhead();
    playhead.note(REPORT, NOW);
    expect(playhead.at(NOW + 40_000, 0.03)).toBeCloseTo(5_010_000);
  });

  it('is not held up by a report that comes late', () => {
    const playhead = new Playhead();
    playhead.note(REPORT, NOW);
    playhead.note({ ...REPORT, contextTime: 10.05, playheadUs: 5_050_000 }, NOW + 80_000);
    expect(playhead.at(NOW + 80_000, 0)).toBeCloseTo(5_080_000, -3);
  });

  it('lets go of the picture when the audio thread falls silent', () => {
    const playhead = new Playhead();
    playhead.note(REPORT, NOW);
    expect(playhead.at(NOW + 490_000, 0)).toBeDefined();
    expect(playhead.at(NOW + 510_000, 0)).toBeUndefined();
  });
});
