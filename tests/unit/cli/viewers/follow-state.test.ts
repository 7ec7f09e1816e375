import { describe, expect, it } from 'vitest';
import { FollowState } from '../../../../src/cli/viewers/follow-state.ts';
import { type MediaPlaylist, parseMediaPlaylist, PlaylistError } from '../../../../src/cli/viewers/playlist-text.ts';
import { livePlaylist, type OriginState, WALL_START } from './playlists.ts';

function live(state: OriginState): MediaPlaylist {
  return parseMediaPlaylist(livePlaylist(state));
}

function uris(step: { readonly units: readonly { readonly uri: string }[] }): string[] {
  return step.units.map(({ uri }) => uri);
}

describe('a viewer who comes', () => {
  it('loads from the newest beginning of a segment that is far enough behind the end, and none of it counts as new', () => {
    const state = new FollowState();
    const step = state.accept(live({ parts: 14 }));
    expect(uris(step)).toEqual([
      'part-2-0.m4s',
      'part-2-1.m4s',
      'part-2-2.m4s',
      'part-2-3.m4s',
      'part-3-0.m4s',
      'part-3-1.m4s',
    ]);
    expect(step.units.every(({ fresh }) => !fresh)).toBe(true);
    expect(state.holdBackMs).toBe(1500);
    expect(state.endMs).toBe(WALL_START + 7000);
  });

  it('asks for the whole playlist first, then for the part after the last one', () => {
    const state = new FollowState();
    expect(state.reload()).toMatchObject({ directives: {}, waitMs: 0, blocking: false });
    state.accept(live({ parts: 14 }));
    expect(state.reload()).toEqual({
      directives: { _HLS_msn: '3', _HLS_part: '2', _HLS_skip: 'YES' },
      waitMs: 0,
      blocking: true,
      skipping: true,
    });
  });

  it('asks for the first part of the next segment when the last one is whole', () => {
    const state = new FollowState();
    state.accept(live({ parts: 12 }));
    expect(state.reload().directives).toMatchObject({ _HLS_msn: '3', _HLS_part: '0' });
  });
});

describe('a viewer who follows', () => {
  it('loads each part once, with its own time and length, out of full playlists and updates alike', () => {
    const state = new FollowState();
    state.accept(live({ parts: 140 }));
    const loaded = [141, 142, 144, 145].map((parts) =>
      state.accept(
        live({
          parts,
          skipped: parts === 142 ? 0 : Math.floor(parts / 4) - Math.max(0, Math.floor(parts / 4) - 30) - 6,
        }),
      ),
    );
    expect(loaded.map(uris)).toEqual([
      ['part-35-0.m4s'],
      ['part-35-1.m4s'],
      ['part-35-2.m4s', 'part-35-3.m4s'],
      ['part-36-0.m4s'],
    ]);
    const units = loaded.flatMap((step) => step.units);
    expect(units.every(({ fresh, durationMs }) => fresh && durationMs === 500)).toBe(true);
    expect(units.map(({ startMs }) => (startMs ?? 0) - WALL_START)).toEqual([70_000, 70_500, 71_000, 71_500, 72_000]);
    expect(units.every(({ initUri }) => initUri === 'init-0.mp4')).toBe(true);
  });

  it('takes the map of another encoder from an update, and the old one for what comes before', () => {
    const state = new FollowState();
    const init = (segment: number): number => (segment < 35 ? 0 : 1);
    state.accept(live({ parts: 139, init }));
    const step = state.accept(live({ parts: 141, skipped: 24, init }));
    expect(step.units.map(({ uri, initUri }) => [uri, initUri])).toEqual([
      ['part-34-3.m4s', 'init-0.mp4'],
      ['part-35-0.m4s', 'init-1.mp4'],
    ]);
  });

  it('refuses an update that leaves out what it never saw, and asks for everything after a while', () => {
    const state = new FollowState();
    state.accept(live({ parts: 20 }));
    expect(() => state.accept(live({ parts: 400, skipped: 24 }))).toThrow(PlaylistError);
    state.failed();
    expect(state.reload()).toMatchObject({ directives: {}, waitMs: 500 });
    expect(state.accept(live({ parts: 22 }))).toMatchObject({ jumped: false });
    expect(state.reload().directives).toMatchObject({ _HLS_msn: '5', _HLS_part: '2' });
  });

  it('says so when it had to jump: over segments that are gone, or over parts that are listed no longer', () => {
    const gone = new FollowState();
    gone.accept(live({ parts: 20, window: 5 }));
    expect(gone.accept(live({ parts: 60, window: 5 }))).toMatchObject({ jumped: true });
    const late = new FollowState();
    late.accept(live({ parts: 18 }));
    const step = late.accept(live({ parts: 32 }));
    expect(step.jumped).toBe(true);
    expect(uris(step).slice(0, 2)).toEqual(['segment-5.m4s', 'part-6-0.m4s']);
  });

  it('asks again after half a part when nothing is new and a part when something is, where reloads are not held', () => {
    const state = new FollowState();
    state.accept(live({ parts: 14, blocking: false }));
    expect(state.reload()).toMatchObject({ directives: {}, waitMs: 500, blocking: false });
    state.accept(live({ parts: 14, blocking: false }));
    expect(state.reload().waitMs).toBe(250);
  });

  it('sees the end, and has its last parts', () => {
    const state = new FollowState();
    state.accept(live({ parts: 19 }));
    const step = state.accept(live({ parts: 20, ended: true }));
    expect(step.ended).toBe(true);
    expect(uris(step)).toEqual(['part-4-3.m4s']);
  });

  it('loads whole segments where there are no parts, three target durations behind, and asks once for each', () => {
    const segments = (count: number): MediaPlaylist => {
      const listed = Array.from({ length: count }, (_, number) => `#EXTINF:2,\nsegment-${number}.m4s\n`);
      return parseMediaPlaylist(`#EXTM3U\n#EXT-X-TARGETDURATION:2\n${listed.join('')}`);
    };
    const state = new FollowState();
    expect(uris(state.accept(segments(5)))).toEqual(['segment-2.m4s', 'segment-3.m4s', 'segment-4.m4s']);
    expect(state.reload()).toMatchObject({ directives: {}, waitMs: 2000 });
    expect(uris(state.accept(segments(6)))).toEqual(['segment-5.m4s']);
    expect(uris(state.accept(segments(6)))).toEqual([]);
    expect(state.reload().waitMs).toBe(1000);
  });
});
