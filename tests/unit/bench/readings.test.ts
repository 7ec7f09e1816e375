import { expect, it } from 'vitest';
import { beepOffsets, cameraReadings, loopReadings } from '../../../bench/page/readings.ts';
import type { Sighting } from '../../../bench/page/page-scripts.ts';
import { STAMP_NUMBERS, STAMP_ROW, cellsOf, numberOf, stampedPicture } from '../../../bench/page/stamp.ts';

const text = (number: number): string =>
  cellsOf(number)
    .map((light) => (light ? '1' : '0'))
    .join('');

it('reads every number back from its cells, and none from cells of which one is wrong', () => {
  for (const number of [0, 1, 299, 5461, STAMP_NUMBERS - 1]) {
    const cells = cellsOf(number);
    expect([cells.length, numberOf(cells)]).toEqual([STAMP_ROW.cells, number]);
    cells.forEach((_, wrong) => {
      expect(numberOf(cells.map((cell, index) => (index === wrong ? !cell : cell)))).toBeUndefined();
    });
  }
});

it('paints the cells where they are looked for', () => {
  const picture = stampedPicture(5461, 1);
  const { x, y, cell, cells } = STAMP_ROW;
  const seen = Array.from({ length: cells }, (_, index) => {
    return (picture.data[(y + cell / 2) * picture.width + x + index * cell + cell / 2] as number) > 127;
  });
  expect(numberOf(seen)).toBe(5461);
});

it('says how old a frame of a loop and a picture of the camera was', () => {
  const sightings: Sighting[] = [
    [0, text(3), 1_000_300],
    [1, text(100), STAMP_NUMBERS * 50 + 250.5],
    [1, text(STAMP_NUMBERS - 10), STAMP_NUMBERS * 50 + 140],
    [0, '0'.repeat(STAMP_ROW.cells), 1_000_400],
  ];
  expect(loopReadings(sightings, 0, 1_000_000)).toEqual([{ atMs: 1_000_300, number: 3, ageMs: 200 }]);
  expect(loopReadings(sightings, 0, 1_000_000 - 30_000).map(({ ageMs }) => ageMs)).toEqual([200]);
  expect(cameraReadings(sightings, 1).map(({ ageMs }) => ageMs)).toEqual([150, 150]);
});

it('says how much later the first frame of a second was seen than its beep was heard', () => {
  const samples = new Float32Array(4 * 48_000);
  for (let second = 0; second < 4; second += 1) {
    for (let index = 0; index < 4800; index += 1) {
      samples[second * 48_000 + 9600 + index] = 0.2 * Math.sin((2 * Math.PI * 700 * index) / 48_000);
    }
  }
  const frames = [0, 1, 2, 3].flatMap((second) => [
    { atMs: 5000 + second * 1000 + 230, number: (second * 30) % 300, ageMs: 0 },
    { atMs: 5000 + second * 1000 + 263, number: second * 30 + 1, ageMs: 0 },
  ]);
  const offsets = beepOffsets(frames, { startMs: 5000, samples }, 700);
  expect(offsets).toHaveLength(3);
  for (const offset of offsets) expect(Math.abs(offset - 30)).toBeLessThan(4);
});
