import { parse, types } from 'hls-parser';
import { Parser } from 'm3u8-parser';
import { describe, expect, it } from 'vitest';
import { renderMultivariantPlaylist } from '../../../src/hls/multivariant-playlist.ts';

const init = {
  generation: 0,
  data: new Uint8Array(0),
  codecs: ['avc1.4D401F', 'mp4a.40.2'],
  width: 1280,
  height: 720,
  framerate: 30,
};
const program = { init, uri: 'abc/live.m3u8', peakBitrate: 2_500_000.2, averageBitrate: 1_900_000.7 };
const text = renderMultivariantPlaylist({ variants: [program] });
const low = { ...program, init: { ...init, width: 640, height: 360 }, uri: 'abc/low.m3u8', peakBitrate: 800_000 };
const whole = renderMultivariantPlaylist({
  variants: [{ ...program, uri: 'abc/video.m3u8' }, low],
  audioUri: 'abc/audio.m3u8',
  captionsUri: 'abc/captions.m3u8',
  iframes: { ...program, init: { ...init, codecs: ['avc1.4D401F'] }, uri: 'abc/iframes.m3u8' },
});

describe('renderMultivariantPlaylist', () => {
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

  it('names the sound, the captions and the key frames, and who goes with them', () => {
    expect(whole.split('\n').slice(3)).toEqual([
      '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="sound",NAME="Program",CHANNELS="2",DEFAULT=YES,AUTOSELECT=YES,URI="abc/audio.m3u8"',
      '#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="captions",NAME="Captions",DEFAULT=NO,AUTOSELECT=YES,URI="abc/captions.m3u8"',
      expect.stringMatching(/^#EXT-X-STREAM-INF:BANDWIDTH=2500001,.*,AUDIO="sound",SUBTITLES="captions"$/),
      'abc/video.m3u8',
      expect.stringMatching(
        /^#EXT-X-STREAM-INF:BANDWIDTH=800000,.*,RESOLUTION=640x360,FRAME-RATE=30.000,AUDIO="sound",/,
      ),
      'abc/low.m3u8',
      '#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=2500001,AVERAGE-BANDWIDTH=1900001,CODECS="avc1.4D401F",RESOLUTION=1280x720,URI="abc/iframes.m3u8"',
      '',
    ]);
  });

  it.each([
    ['one variant', text, 1],
    ['everything', whole, 2],
  ])('is understood alike by two parsers, with %s', (_, playlist, variants) => {
    const first = parse(playlist);
    if (!(first instanceof types.MasterPlaylist)) throw new Error('This is no multivariant playlist');
    expect(first.variants.filter(({ isIFrameOnly }) => !isIFrameOnly)).toHaveLength(variants);
    expect(first.variants[0]).toMatchObject({ bandwidth: 2_500_001, frameRate: 30 });
    const parser = new Parser();
    parser.push(playlist);
    parser.end();
    expect(parser.manifest.playlists).toHaveLength(variants);
    expect(parser.manifest.playlists?.[0]).toMatchObject({
      attributes: { RESOLUTION: { width: 1280, height: 720 }, CODECS: 'avc1.4D401F,mp4a.40.2' },
    });
  });
});
