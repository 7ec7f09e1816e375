import { parse, types } from 'hls-parser';
import { describe, expect, it } from 'vitest';
import { fragment } from '../../../src/media/fmp4-writer.ts';
import { difference, merged } from '../../helpers/hls-check/delta.ts';
import { lintMediaPlaylist } from '../../helpers/hls-check/lint.ts';
import { readPlaylist } from '../../helpers/hls-check/playlist.ts';
import { SEGMENT_PARTS, testPart } from '../../helpers/log-parts.ts';
import { LiveRig, isSettled, segmentsOf } from './live-rig.ts';
import { pictureConfig, soundConfig } from './packager-rig.ts';

/** A stream of media that can be told apart, with notes and captions. */
function rig(segments: number): LiveRig {
  const made = new LiveRig();
  for (let index = 0; index < segments * SEGMENT_PARTS; index += 1) {
    const part = testPart(index);
    const key = index % SEGMENT_PARTS === 0;
    const samples = [
      { data: Buffer.from(key ? 'KEY FRAME' : 'picture'), duration: 512, keyframe: key },
      { data: Buffer.from('another'), duration: 512, keyframe: false },
    ];
    const video = { trackId: 1, baseDecodeTime: index * 15 * 512, samples };
    const audio = {
      trackId: 2,
      baseDecodeTime: 0,
      samples: [{ data: Buffer.from('sound'), duration: 1024, keyframe: true }],
    };
    const data = fragment(index + 1, [video, audio]);
    made.stream.add({ ...part, data }, { video, audio, videoConfig: pictureConfig(), audioConfig: soundConfig() });
  }
  return made;
}

describe('the playlist of key frames', () => {
  it('lists the beginning of each segment, up to the end of its key frame', async () => {
    const made = rig(7);
    const text = await made.text('iframes.m3u8');
    expect(lintMediaPlaylist(text)).toEqual([]);
    expect(segmentsOf(text)).toHaveLength(7);
    const [, bytes] = /#EXT-X-BYTERANGE:(\d+)@0\nsegment-3.m4s/.exec(text) ?? [];
    const segment = Buffer.from((await made.get('segment-3.m4s')).body as Uint8Array);
    expect(segment.subarray(0, Number(bytes)).toString('latin1')).toMatch(/mdatKEY FRAME$/);
    const parsed = parse(text);
    expect(parsed instanceof types.MediaPlaylist && parsed.isIFrame).toBe(true);
  });

  it('is offered with its own bit rate', () => {
    expect(rig(2).stream.multivariant({}).body).toMatch(
      /#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=\d+,AVERAGE-BANDWIDTH=\d+,CODECS="avc1.4d401f",RESOLUTION=1280x720,URI="abc\/iframes.m3u8"/,
    );
  });

  it('is not offered where no part is known to begin with one', () => {
    const plain = new LiveRig();
    plain.segments(2);
    expect(plain.stream.multivariant({}).body).not.toContain('I-FRAME');
  });
});

describe('the playlist of captions', () => {
  it('has a file for each segment, with what was said in it', async () => {
    const made = rig(7);
    made.stream.caption('Good evening.', testPart(2 * SEGMENT_PARTS).wallTime, 3);
    const text = await made.text('captions.m3u8');
    expect(lintMediaPlaylist(text)).toEqual([]);
    expect(segmentsOf(text)).toEqual(Array.from({ length: 7 }, (_, segment) => `captions-${segment}.vtt`));
    const files = await Promise.all(segmentsOf(text).map((file) => made.text(file)));
    expect(files.map((file) => file.includes('Good evening.'))).toEqual([
      false,
      false,
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(files[2]).toContain('00:00:04.000 --> 00:00:07.000\nGood evening.');
    expect((await made.get('captions-7.vtt')).status).toBe(404);
  });

  it('is held until there is another segment, as others are', async () => {
    const made = rig(3);
    const answer = made.get('captions-dvr.m3u8', '_HLS_msn=3');
    expect(await isSettled(answer)).toBe(false);
    made.stream.add({ ...testPart(3 * SEGMENT_PARTS), last: true });
    expect(segmentsOf(String((await answer).body))).toHaveLength(4);
  });

  it('is nowhere in a session without captions', async () => {
    const made = new LiveRig({ captions: false });
    made.segments(2);
    expect(made.stream.multivariant({}).body).not.toContain('SUBTITLES');
    for (const file of ['captions.m3u8', 'captions-dvr.m3u8', 'captions-0.vtt']) {
      expect((await made.get(file)).status).toBe(404);
    }
  });
});

describe('each playlist beside the media', () => {
  it.each(['iframes.m3u8', 'captions.m3u8', 'captions-dvr.m3u8'])(
    '%s leaves out what a player has, if it is asked to',
    async (file) => {
      const made = rig(9);
      const known = readPlaylist(await made.text(file));
      for (let part = 0; part < SEGMENT_PARTS; part += 1) made.stream.add(testPart(9 * SEGMENT_PARTS + part));
      const whole = await made.text(file);
      for (const skip of ['YES', 'v2']) {
        const text = await made.text(file, `_HLS_skip=${skip}`);
        expect(lintMediaPlaylist(text)).toEqual([]);
        // Twelve seconds and what is newer stay.
        expect(segmentsOf(text)).toEqual(segmentsOf(whole).slice(-6));
        const both = merged(readPlaylist(text), known);
        expect(both && difference(both, readPlaylist(whole))).toBeUndefined();
      }
      made.stream.end(true);
      expect(await made.text(file, '_HLS_skip=YES')).not.toContain('EXT-X-SKIP');
    },
  );

  it('begins a delta update with the init segment of its first segment where that is another', async () => {
    const made = new LiveRig();
    made.segments(4);
    made.segments(6, { init: { ...testPart(0).init, generation: 1 }, discontinuity: true });
    const text = await made.text('iframes.m3u8', '_HLS_skip=YES');
    expect(text).toMatch(/EXT-X-SKIP:SKIPPED-SEGMENTS=4\n#EXT-X-DISCONTINUITY\n#EXT-X-MAP:URI="init-1.mp4"\n/);
  });
});

describe('what happens in the program', () => {
  it('is told in the playlists of its time, deltas included', async () => {
    const made = rig(20);
    made.stream.note({ kind: 'title', title: 'Opening' }, testPart(0).wallTime);
    made.stream.note({ kind: 'marker', label: 'Long ago' }, testPart(1).wallTime);
    made.stream.note({ kind: 'marker', label: 'Just now' }, testPart(75).wallTime);
    const told = async (file: string, query = '') =>
      [...(await made.text(file, query)).matchAll(/X-(?:TITLE|LABEL)="([^"]*)"/g)].map(([, words]) => words);
    // The live playlist begins with segment 8.
    expect(await told('live.m3u8')).toEqual(['Opening', 'Just now']);
    expect(await told('live.m3u8', '_HLS_skip=YES')).toEqual(['Opening', 'Just now']);
    expect(await told('live.m3u8', '_HLS_skip=v2')).toEqual(['Opening', 'Just now']);
    made.clock.advance(12_001);
    made.stream.note({ kind: 'marker', label: 'Now' }, testPart(79).wallTime);
    expect(await told('live.m3u8', '_HLS_skip=YES')).toEqual(['Opening', 'Just now', 'Now']);
    expect(await told('live.m3u8', '_HLS_skip=v2')).toEqual(['Now']);
    expect(await told('dvr.m3u8')).toEqual(['Opening', 'Long ago', 'Just now', 'Now']);
    expect(lintMediaPlaylist(await made.text('live.m3u8'))).toEqual([]);
  });
});
