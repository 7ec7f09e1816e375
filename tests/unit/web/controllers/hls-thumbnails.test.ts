import { expect, it } from 'vitest';
import { parseThumbnails, timeThumbnails } from '../../../../web/controllers/hls-thumbnails.ts';

const LIST = 'https://example.org/hls/hall/20310514T120000Z-1a2b3c4d/thumbnails.vtt';
const BASE = 'https://example.org/hls/hall/20310514T120000Z-1a2b3c4d/';
const VTT = `WEBVTT

00:00:00.000 --> 00:00:02.000
thumbnail-7.jpg

00:00:02.000 --> 00:00:10.000\r
thumbnail-8.jpg#xywh=0,0,240,135\r

NOTE no picture
https://elsewhere.example/thumbnail-9.jpg
javascript:thumbnail-9.jpg
`;

it('thumbnails are those of the session alone', () => {
  expect(parseThumbnails(VTT, LIST)).toEqual([
    { segment: 7, url: `${BASE}thumbnail-7.jpg` },
    { segment: 8, url: `${BASE}thumbnail-8.jpg` },
  ]);
  expect(parseThumbnails('', LIST)).toEqual([]);
});

it('thumbnails stand until the next one, where their segment is in the video', () => {
  const segments = [8, 9, 10, 11].map((segment) => ({ segment, startS: segment * 2, endS: segment * 2 + 2 }));
  const pictures = [7, 8, 11].map((segment) => ({ segment, url: `${segment}` }));
  expect(timeThumbnails(pictures, segments)).toEqual([
    { url: '8', startS: 16, endS: 22 },
    { url: '11', startS: 22, endS: 24 },
  ]);
});
