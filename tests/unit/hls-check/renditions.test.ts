import { describe, expect, it } from 'vitest';
import { readPlaylist } from '../../helpers/hls-check/playlist.ts';
import { problemsBetween } from '../../helpers/hls-check/renditions.ts';
import { livePlaylist } from '../../helpers/hls-check/samples.ts';

const STATE = { first: 4, open: 20, parts: 2, breaks: [18] };

function report(uri: string, msn = 20): string {
  return `#EXT-X-RENDITION-REPORT:URI="${uri}",LAST-MSN=${msn},LAST-PART=1\n`;
}

const VIDEO = livePlaylist(STATE) + report('audio.m3u8');
const AUDIO = livePlaylist(STATE) + report('video.m3u8');

/** Rules that a presentation of these two breaks. */
function broken(video: string, audio: string, independent = true): string[] {
  const members = [
    { uri: 's/video.m3u8', playlist: readPlaylist(video) },
    { uri: 's/audio.m3u8', playlist: readPlaylist(audio) },
  ];
  return problemsBetween(members, independent).map(({ rule }) => rule);
}

describe('problemsBetween', () => {
  it('says nothing of two that are in step', () => {
    expect(broken(VIDEO, AUDIO)).toEqual([]);
    expect(broken(VIDEO, AUDIO.replaceAll('5.000Z', '5.021Z'))).toEqual([]);
  });

  it.each([
    ['renditions', 'TARGETDURATION:2', 'TARGETDURATION:3'],
    ['renditions', 'PART-HOLD-BACK=1.50000', 'PART-HOLD-BACK=1.60000'],
    ['renditions', '#EXT-X-VERSION:6\n', '#EXT-X-VERSION:6\n#EXT-X-PLAYLIST-TYPE:EVENT\n'],
    ['renditions', '#EXT-X-DISCONTINUITY\n', ''],
    ['renditions', '03:04:37.000Z', '03:04:37.100Z'],
    ['renditions', /#EXT-X-PRELOAD.*\n/, '#EXT-X-ENDLIST\n'],
    ['rendition-report', /#EXT-X-REND.*\n/, ''],
    ['rendition-report', /(#EXT-X-REND.*)video(.*\n)/, '$1audio$2'],
    ['rendition-report', 'LAST-MSN=20', 'LAST-MSN=18'],
  ])('finds a broken rule of %s (change %#)', (rule, found, instead) => {
    const other = AUDIO.replace(found, instead);
    expect(other).not.toBe(AUDIO);
    expect(broken(VIDEO, other)).toContain(rule);
  });

  it('misses no report of what has fallen out of the multivariant playlist', () => {
    const unreported = VIDEO.replace(/#EXT-X-REND.*\n/, '');
    const fallen = AUDIO.replace(/(#EXT-X-PART:.*)(\n(?![^]*#EXT-X-PART:))/, '$1,GAP=YES$2');
    expect(fallen).not.toBe(AUDIO);
    expect(broken(unreported, AUDIO)).toEqual(['rendition-report']);
    expect(broken(unreported, fallen)).toEqual([]);
  });

  it('finds segments that nobody calls independent', () => {
    expect(new Set(broken(VIDEO, AUDIO, false))).toEqual(new Set(['independent-segments']));
    const said = (text: string): string => text.replace('VERSION:6\n', 'VERSION:6\n#EXT-X-INDEPENDENT-SEGMENTS\n');
    expect(broken(said(VIDEO), said(AUDIO), false)).toEqual([]);
  });
});
