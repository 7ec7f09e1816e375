import { describe, expect, it } from 'vitest';
import { prefixedPlaylist } from '../../../src/api/prefixed-playlist.ts';

describe('a playlist behind a prefix', () => {
  it('has it before each address, and nothing else changed', () => {
    const text = [
      '#EXTM3U',
      '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="Sound",URI="s1/audio.m3u8"',
      '#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=1,URI="s1/iframes.m3u8",CODECS="avc1.4d401f,mp4a.40.2"',
      '#EXT-X-STREAM-INF:BANDWIDTH=2,RESOLUTION=1280x720',
      's1/live.m3u8',
      '',
    ].join('\n');
    expect(prefixedPlaylist(text, '~p/').split('\n')).toEqual([
      '#EXTM3U',
      '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="Sound",URI="~p/s1/audio.m3u8"',
      '#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=1,URI="~p/s1/iframes.m3u8",CODECS="avc1.4d401f,mp4a.40.2"',
      '#EXT-X-STREAM-INF:BANDWIDTH=2,RESOLUTION=1280x720',
      '~p/s1/live.m3u8',
      '',
    ]);
  });

  it.each(['NAME="a,URI="', 'NAME="URI=x"', 'X-URI="x"', 'URI=x'])('leaves %s as it is', (attribute) => {
    const line = `#EXT-X-MEDIA:${attribute},DEFAULT=YES`;
    expect(prefixedPlaylist(line, '~p/')).toBe(line);
  });
});
