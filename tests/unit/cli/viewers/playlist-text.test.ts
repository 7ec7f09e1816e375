import { describe, expect, it } from 'vitest';
import { parseMediaPlaylist, parseMultivariant, PlaylistError } from '../../../../src/cli/viewers/playlist-text.ts';
import { livePlaylist, WALL_START } from './playlists.ts';

describe('a multivariant playlist', () => {
  it('gives the rendition of the highest bandwidth and the sound that belongs to it', () => {
    const text = [
      '#EXTM3U',
      '#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="text",NAME="x",URI="captions.m3u8"',
      '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="sound",NAME="a, b",URI="audio.m3u8"',
      '#EXT-X-STREAM-INF:BANDWIDTH=900000,CODECS="avc1.4d401f,mp4a.40.2",AUDIO="sound"',
      'low.m3u8',
      '#EXT-X-STREAM-INF:BANDWIDTH=2900000,CODECS="avc1.4d401f,mp4a.40.2",AUDIO="sound"',
      'video.m3u8',
    ].join('\r\n');
    expect(parseMultivariant(text)).toEqual({ uri: 'video.m3u8', soundUri: 'audio.m3u8' });
  });

  it('without a sound of its own gives one address', () => {
    const text = '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\ns/live.m3u8\n';
    expect(parseMultivariant(text)).toEqual({ uri: 's/live.m3u8', soundUri: undefined });
  });

  it.each([
    ['nothing', ''],
    ['a page', '<!doctype html>'],
    ['a media playlist', livePlaylist({ parts: 8 })],
    ['a variant without an address', '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n#EXT-X-ENDLIST'],
  ])('is not read out of %s', (_, text) => {
    expect(() => parseMultivariant(text)).toThrow(PlaylistError);
  });
});

describe('a media playlist', () => {
  it('is read with its parts, its open segment and the times of both', () => {
    const playlist = parseMediaPlaylist(livePlaylist({ parts: 14 }));
    expect(playlist).toMatchObject({
      targetMs: 2000,
      partTargetMs: 500,
      holdBackMs: 1500,
      canBlock: true,
      canSkip: true,
      skipped: 0,
      firstNumber: 0,
      ended: false,
    });
    expect(playlist.segments.map(({ number, uri, parts }) => [number, uri, parts.length])).toEqual([
      [0, 'segment-0.m4s', 0],
      [1, 'segment-1.m4s', 4],
      [2, 'segment-2.m4s', 4],
      [3, undefined, 2],
    ]);
    expect(playlist.segments.map(({ startMs }) => startMs)).toEqual([0, 2000, 4000, 6000].map((ms) => WALL_START + ms));
    expect(playlist.segments.at(-1)).toMatchObject({ durationMs: 1000, initUri: 'init-0.mp4' });
  });

  it('counts on from the segments that it leaves out', () => {
    const playlist = parseMediaPlaylist(livePlaylist({ parts: 160, skipped: 24 }));
    expect(playlist.firstNumber).toBe(10);
    expect(playlist.segments[0]?.number).toBe(34);
  });

  it('without parts is held back by three target durations, and tells the times that it does not write', () => {
    const date = new Date(WALL_START).toISOString();
    const text = `#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXT-X-PROGRAM-DATE-TIME:${date}\n#EXTINF:2,\na\n#EXTINF:1.5,\nb\n`;
    const { segments, holdBackMs, canBlock } = parseMediaPlaylist(text);
    expect(holdBackMs).toBe(6000);
    expect(canBlock).toBe(false);
    expect(segments.map(({ startMs }) => startMs)).toEqual([WALL_START, WALL_START + 2000]);
  });

  it.each([
    ['without a target duration', '#EXTM3U\n#EXTINF:2,\na\n'],
    ['with a segment without a duration', '#EXTM3U\n#EXT-X-TARGETDURATION:2\na\n'],
    ['with a duration that is none', '#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:x,\na\n'],
    ['with a part without an address', '#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXT-X-PART:DURATION=1\n'],
    ['with a number below zero', '#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXT-X-MEDIA-SEQUENCE:-1\n'],
  ])('%s is refused', (_, text) => {
    expect(() => parseMediaPlaylist(text)).toThrow(PlaylistError);
  });
});
