import { describe, expect, it } from 'vitest';
import { CadenceWatch } from '../../helpers/hls-check/cadence.ts';
import { readPlaylist } from '../../helpers/hls-check/playlist.ts';
import { SAMPLE_START_MS, livePlaylist } from '../../helpers/hls-check/samples.ts';

/** Problems of parts that come `lateMs` after they are due, for each part from segment 4 on. */
function rulesFor(lateMs: readonly number[], breaks: readonly number[] = []): string[] {
  const watch = new CadenceWatch();
  return lateMs.flatMap((late, index) => {
    const end = 4 * 4 + index + 1;
    const playlist = readPlaylist(livePlaylist({ first: 0, open: Math.floor(end / 4), parts: end % 4, breaks }));
    const dueMs = end * 500;
    return watch.take(playlist, dueMs + late, SAMPLE_START_MS + dueMs + late).problems.map(({ rule }) => rule);
  });
}

describe('CadenceWatch', () => {
  it('says nothing of parts that come one part after another, some a little late', () => {
    expect(rulesFor([70, 75, 70, 100, 70, 120, 70, 70, 70, 80])).toEqual([]);
  });

  it('finds a part that comes later than a part and a quarter after the one before', () => {
    expect(rulesFor([70, 70, 70, 200, 200])).toEqual(['cadence']);
  });

  it('finds a segment that comes later than one and a half after the one before, over a break too', () => {
    const late = [0, 0, 0, 0, 0, 0, 0, 1100, 1100];
    expect(rulesFor(late, [5])).toContain('cadence');
  });

  it('finds a part that comes before its time', () => {
    expect(rulesFor([70, -200])).toEqual(['timing']);
  });

  it('measures the time between parts, and from their ends to their being here', () => {
    const watch = new CadenceWatch();
    const at = (parts: number): ReturnType<typeof readPlaylist> =>
      readPlaylist(livePlaylist({ first: 0, open: 4, parts }));
    expect(watch.take(at(1), 8570, SAMPLE_START_MS + 8570)).toMatchObject({ gapMs: undefined, lagMs: 70 });
    expect(watch.take(at(2), 9080, SAMPLE_START_MS + 9080)).toMatchObject({ gapMs: 510, lagMs: 80 });
    expect(watch.take(at(2), 9090, SAMPLE_START_MS + 9090)).toMatchObject({ gapMs: undefined, lagMs: undefined });
  });
});
