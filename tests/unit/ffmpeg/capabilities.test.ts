import { describe, expect, it } from 'vitest';
import { listedNames } from '../../../src/ffmpeg/capabilities.ts';

describe('listedNames', () => {
  it('reads lists of coders', () => {
    const text = ` V....D libx264              libx264 H.264 / AVC (codec h264)
 A....D aac                  AAC (Advanced Audio Coding)
 VF...D rawvideo             raw video
 A..X.D opus                 Opus
`;
    expect([...listedNames(text)]).toEqual(['libx264', 'aac', 'rawvideo', 'opus']);
  });

  it('reads lists of filters, of three flags and of two', () => {
    const text = ` T.C acopy             A->A       Copy the input audio unchanged to the output.
 ..C scale             V->V       Scale the input video size.
 ... fps               V->V       Force constant framerate.
 TS pad               V->V       Pad the input video.
`;
    expect([...listedNames(text)]).toEqual(['acopy', 'scale', 'fps', 'pad']);
  });

  it('reads lists of containers, old and new, each name of a line', () => {
    const text = `  E flv             FLV (Flash Video)
 DE nut             NUT
  E  mp4             MP4 (MPEG-4 Part 14)
 D   matroska,webm   Matroska / WebM
 DE  wav             WAV
`;
    const names = listedNames(text);
    for (const name of ['flv', 'nut', 'mp4', 'matroska', 'webm', 'wav']) expect(names).toContain(name);
  });

  it('finds nothing in a text that is no list', () => {
    expect(listedNames('').size).toBe(0);
    expect(listedNames('Unrecognized option\nlibx264 is not here\n').size).toBe(0);
  });
});
