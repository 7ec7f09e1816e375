import fc from 'fast-check';
import { parse, types } from 'hls-parser';
import { Parser } from 'm3u8-parser';
import { describe, expect, it } from 'vitest';
import {
  type ListedSegment,
  renderMediaPlaylist,
  renderMultivariantPlaylist,
} from '../../../src/hls/media-playlist.ts';
import { wallTime } from '../../../src/media/timestamp.ts';
import { lintPlaylist, readPlaylist } from './playlist-lint.ts';

const START = Date.UTC(2026, 0, 2, 3, 4, 5, 678);

function segment(number: number, fields: Partial<ListedSegment> = {}): ListedSegment {
  return {
    number,
    duration: 2,
    uri: `segment-${number}.m4s`,
    initUri: 'init-0.mp4',
    discontinuity: false,
    wallTime: wallTime(START + number * 2000),
    ...fields,
  };
}

describe('renderMediaPlaylist', () => {
  it('writes a live playlist line by line', () => {
    const segments = [
      segment(7),
      segment(8, { duration: 1.9666666 }),
      segment(9, { discontinuity: true, initUri: 'init-1.mp4', wallTime: wallTime(START + 60_000.4) }),
      segment(10, { initUri: 'init-1.mp4', wallTime: wallTime(START + 62_000.6) }),
    ];
    const text = renderMediaPlaylist({ targetDuration: 2, segments, discontinuitySequence: 3, ended: false });
    expect(text.split('\n')).toEqual([
      '#EXTM3U',
      '#EXT-X-VERSION:6',
      '#EXT-X-TARGETDURATION:2',
      '#EXT-X-MEDIA-SEQUENCE:7',
      '#EXT-X-DISCONTINUITY-SEQUENCE:3',
      '#EXT-X-INDEPENDENT-SEGMENTS',
      '#EXT-X-MAP:URI="init-0.mp4"',
      '#EXT-X-PROGRAM-DATE-TIME:2026-01-02T03:04:19.678Z',
      '#EXTINF:2.00000,',
      'segment-7.m4s',
      '#EXT-X-PROGRAM-DATE-TIME:2026-01-02T03:04:21.678Z',
      '#EXTINF:1.96667,',
      'segment-8.m4s',
      '#EXT-X-DISCONTINUITY',
      '#EXT-X-MAP:URI="init-1.mp4"',
      '#EXT-X-PROGRAM-DATE-TIME:2026-01-02T03:05:05.678Z',
      '#EXTINF:2.00000,',
      'segment-9.m4s',
      '#EXT-X-PROGRAM-DATE-TIME:2026-01-02T03:05:07.679Z',
      '#EXTINF:2.00000,',
      'segment-10.m4s',
      '',
    ]);
  });

  it('ends with EXT-X-ENDLIST when the session is over', () => {
    const playlist = { targetDuration: 2, segments: [segment(0)], discontinuitySequence: 0 };
    expect(renderMediaPlaylist({ ...playlist, ended: true })).toBe(
      `${renderMediaPlaylist({ ...playlist, ended: false })}#EXT-X-ENDLIST\n`,
    );
  });

  it('is understood alike by two parsers and breaks no rule, whatever the segments', () => {
    const fields = fc.record({ frames: fc.integer({ min: 1, max: 60 }), cut: fc.boolean(), other: fc.boolean() });
    fc.assert(
      fc.property(fc.array(fields, { minLength: 1, maxLength: 20 }), fc.nat(1e6), fc.nat(99), (list, first, gone) => {
        let [time, generation] = [START, 0];
        const segments = list.map(({ frames, cut, other }, index) => {
          if (cut) [time, generation] = [time + 700.5, generation + (other ? 1 : 0)];
          const made = segment(first + index, {
            duration: frames / 30,
            discontinuity: cut,
            initUri: `init-${generation}.mp4`,
            wallTime: wallTime(time),
          });
          time += (frames * 1000) / 30;
          return made;
        });
        const text = renderMediaPlaylist({ targetDuration: 2, segments, discontinuitySequence: gone, ended: false });
        expect(lintPlaylist(text)).toEqual([]);
        const read = readPlaylist(text);
        expect(read).toMatchObject({ mediaSequence: first, discontinuitySequence: gone, ended: false });
        expect(read.segments.map(({ uri, init, discontinuity }) => ({ uri, initUri: init, discontinuity }))).toEqual(
          segments.map(({ uri, initUri, discontinuity }) => ({ uri, initUri, discontinuity })),
        );
      }),
    );
  });
});

describe('renderMultivariantPlaylist', () => {
  const init = {
    generation: 0,
    data: new Uint8Array(0),
    codecs: ['avc1.4D401F', 'mp4a.40.2'],
    width: 1280,
    height: 720,
    framerate: 30,
  };
  const text = renderMultivariantPlaylist(init, 'abc/live.m3u8', 2_500_000.2, 1_900_000.7);

  it('says what a player must know before it loads anything', () => {
    expect(text.split('\n')).toEqual([
      '#EXTM3U',
      '#EXT-X-VERSION:6',
      '#EXT-X-INDEPENDENT-SEGMENTS',
      '#EXT-X-STREAM-INF:BANDWIDTH=2500001,AVERAGE-BANDWIDTH=1900001,CODECS="avc1.4D401F,mp4a.40.2",RESOLUTION=1280x720,FRAME-RATE=30.000',
      'abc/live.m3u8',
      '',
    ]);
  });

  it('is understood alike by two parsers', () => {
    const first = parse(text);
    if (!(first instanceof types.MasterPlaylist)) throw new Error('This is no multivariant playlist');
    expect(first.variants).toHaveLength(1);
    expect(first.variants[0]).toMatchObject({ uri: 'abc/live.m3u8', bandwidth: 2_500_001, frameRate: 30 });
    const parser = new Parser();
    parser.push(text);
    parser.end();
    expect(parser.manifest.playlists).toMatchObject([
      {
        uri: 'abc/live.m3u8',
        attributes: { RESOLUTION: { width: 1280, height: 720 }, CODECS: 'avc1.4D401F,mp4a.40.2' },
      },
    ]);
  });
});
