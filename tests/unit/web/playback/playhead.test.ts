import { describe, expect, it } from 'vitest';
import { Playhead } from '../../../../web/playback/playhead.ts';

const REPORT = { playing: true, playheadUs: 5_000_000, contextTime: 10, levelMs: 60, underruns: 0, skips: 0 };

describe('Playhead', () => {
  it('knows nothing before the first report and while no sound plays', () => {
    const playhead = new Playhead();
    expect(playhead.at(10, 0)).toBeUndefined();
    playhead.note({ ...REPORT, playing: false });
    expect(playhead.at(10, 0)).toBeUndefined();
  });

  it('goes on with the audio clock, behind by what waits in the output', () => {
    const playhead = new Playhead();
    playhead.note(REPORT);
    expect(playhead.at(10.04, 0.03)).toBeCloseTo(5_010_000);
  });

  it('lets go of the picture when the audio thread falls silent', () => {
    const playhead = new Playhead();
    playhead.note(REPORT);
    expect(playhead.at(10.49, 0)).toBeDefined();
    expect(playhead.at(10.51, 0)).toBeUndefined();
  });
});
