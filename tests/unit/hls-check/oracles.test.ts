import { describe, expect, it } from 'vitest';
import { problemsOfMultivariantParsers, problemsOfParsers } from '../../helpers/hls-check/oracles.ts';
import { readPlaylist } from '../../helpers/hls-check/playlist.ts';
import { MULTIVARIANT, deltaPlaylist, livePlaylist } from '../../helpers/hls-check/samples.ts';

const STATE = { first: 4, open: 20, parts: 2, breaks: [18] };
const LIVE = livePlaylist(STATE);

/** Parsers that object to a playlist. */
function objectors(text: string): string[] {
  return problemsOfParsers(readPlaylist(text)).map(({ rule }) => rule);
}

describe('the foreign parsers', () => {
  it('read good playlists as we do', () => {
    expect(objectors(LIVE)).toEqual([]);
    expect(objectors(deltaPlaylist(STATE))).toEqual([]);
    expect(objectors(livePlaylist({ ...STATE, parts: 0, ended: true }))).toEqual([]);
    expect(problemsOfMultivariantParsers(MULTIVARIANT, 2)).toEqual([]);
  });

  it('are not followed where they are stricter than the draft', () => {
    // A part that begins with a key frame may be short.
    const short = LIVE.replace('DURATION=0.50000,URI="part-19-0', 'DURATION=0.10000,URI="part-19-0');
    expect(objectors(short)).toEqual([]);
  });

  it.each([
    ['hls-parser', LIVE.replace('VERSION:6', 'VERSION:5')],
    ['hls-parser', LIVE.replace(/#EXT-X-PRELOAD-HINT.*\n/, '')],
    ['m3u8-parser', LIVE.replace(/#EXT-X-PRELOAD-HINT.*\n/, '#EXT-X-PRELOAD-HINT:URI="x"\n')],
  ])('object to a broken playlist: %s (change %#)', (parser, text) => {
    expect(objectors(text)).toContain(parser);
  });

  it('object to readings that differ from theirs', () => {
    const ours = readPlaylist(LIVE);
    const other = { ...ours, segments: ours.segments.slice(1) };
    expect(problemsOfParsers(other).map(({ rule }) => rule)).toEqual(['hls-parser', 'm3u8-parser']);
    expect(problemsOfMultivariantParsers(MULTIVARIANT, 3).map(({ rule }) => rule)).toEqual([
      'hls-parser',
      'm3u8-parser',
    ]);
  });
});
