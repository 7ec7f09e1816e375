import { describe, expect, it } from 'vitest';
import type { ProbedFile } from '../../../../src/ffmpeg/probe.ts';
import { filmFault } from '../../../../src/recorder/archive/film-check.ts';

const film: ProbedFile = {
  format: 'mov,mp4,m4a,3gp,3g2,mj2',
  durationSeconds: 10.1,
  streams: [
    { index: 0, kind: 'video', codec: 'h264', frames: 300 },
    { index: 1, kind: 'audio', codec: 'aac', frames: 470 },
  ],
  chapters: [],
};
const [video, audio] = film.streams as [ProbedFile['streams'][number], ProbedFile['streams'][number]];
const expected = { seconds: 10, pictures: 300, sounds: 1 };

describe('filmFault', () => {
  it('finds none in a film that is as it should be', () => {
    expect(filmFault(film, expected)).toBeUndefined();
    expect(filmFault({ ...film, streams: [video] }, { ...expected, sounds: 0 })).toBeUndefined();
  });

  it.each([
    ['another container', { ...film, format: 'matroska,webm' }, /matroska/],
    ['no picture', { ...film, streams: [audio] }, /0 pictures/],
    ['two pictures', { ...film, streams: [video, video, audio] }, /2 pictures/],
    ['another codec', { ...film, streams: [{ ...video, codec: 'vp8' }, audio] }, /vp8/],
    ['no sound', { ...film, streams: [video] }, /0 sounds/],
    ['a sound too many', { ...film, streams: [video, audio, audio] }, /2 sounds, not 1/],
    ['another sound', { ...film, streams: [video, { ...audio, codec: 'opus' }] }, /opus/],
    ['lost frames', { ...film, streams: [{ ...video, frames: 299 }, audio] }, /299 frames, not 300/],
    ['a wrong length', { ...film, durationSeconds: 10.21 }, /10.210 s, not 10.000 s/],
  ] as const)('names %s', (_, probed, message) => {
    expect(filmFault(probed, expected)).toMatch(message);
  });
});
