import { expect, it } from 'vitest';
import { parseSprites, parseVtt } from '../../../../web/util/vtt.ts';

it('reads cues with and without names and hours, and passes over what is none', () => {
  const text =
    'WEBVTT\r\n\r\nNOTE nothing\r\n\r\n1\r\n00:01.000 --> 00:02.500\r\n<v Ann>Hello\r\nthere\r\n\r\n01:00:00.000 --> 01:00:01.000 line:0\nLate\n\n00:05.000 --> 00:04.000\nBackwards';
  expect(parseVtt(text)).toEqual([
    { startS: 1, endS: 2.5, text: '<v Ann>Hello\nthere' },
    { startS: 3600, endS: 3601, text: 'Late' },
  ]);
});

it('finds the part of a picture that a cue names', () => {
  const text =
    'WEBVTT\n\n00:00.000 --> 00:10.000\nsprite-1.jpg#xywh=160,90,160,90\n\n00:10.000 --> 00:20.000\nlast.jpg';
  expect(parseSprites(text)).toEqual([
    { startS: 0, endS: 10, file: 'sprite-1.jpg', region: '160,90,160,90' },
    { startS: 10, endS: 20, file: 'last.jpg', region: '' },
  ]);
});
