/** What the stamps and the sound that a page gave back mean. Pure. */
import { SOUND_RATE, offsetsBetween, toneOnsets } from '../check/onsets.ts';
import type { Sighting } from './page-scripts.ts';
import { STAMP_NUMBERS, numberOf } from './stamp.ts';

/** Frames of the loops a second, and in one loop. */
export const LOOP = { fps: 30, frames: 300 } as const;

/** A frame that was seen for the first time, and how old it was. */
export interface Reading {
  readonly atMs: number;
  readonly ageMs: number;
  readonly number: number;
}

/** Readings of the camera whose numbers are milliseconds since 1970, modulo the stamps there are. */
export function cameraReadings(sightings: readonly Sighting[], tile: number): readonly Reading[] {
  return readings(sightings, tile, (number, atMs) => {
    const age = (Math.floor(atMs) - number) % STAMP_NUMBERS;
    return (age + STAMP_NUMBERS) % STAMP_NUMBERS;
  });
}

/** Readings of a loop that began at `originMs` (milliseconds since 1970): its numbers count frames. */
export function loopReadings(sightings: readonly Sighting[], tile: number, originMs: number): readonly Reading[] {
  const periodMs = (LOOP.frames * 1000) / LOOP.fps;
  return readings(sightings, tile, (number, atMs) => {
    const age = (atMs - originMs - (number * 1000) / LOOP.fps) % periodMs;
    return (age + periodMs) % periodMs;
  });
}

/** Milliseconds that frames which begin a second were seen later than the beep of that second was heard. */
export function beepOffsets(
  frames: readonly Reading[],
  heard: { readonly startMs: number; readonly samples: Float32Array },
  hz: number,
): readonly number[] {
  const seconds = (ms: number): number => (ms - heard.startMs) / 1000;
  const seen = frames.filter(({ number }) => number % LOOP.fps === 0).map(({ atMs }) => seconds(atMs));
  const from = heard.samples.length / SOUND_RATE;
  const inside = seen.filter((at) => at > 0.5 && at < from - 0.5);
  return offsetsBetween(inside, toneOnsets(heard.samples, hz), 0.4).flatMap((offset) =>
    offset === undefined ? [] : [offset * 1000],
  );
}

function readings(
  sightings: readonly Sighting[],
  tile: number,
  ageOf: (number: number, atMs: number) => number,
): readonly Reading[] {
  return sightings.flatMap(([of, cells, atMs]) => {
    if (of !== tile) return [];
    const number = numberOf([...cells].map((cell) => cell === '1'));
    return number === undefined ? [] : [{ atMs, number, ageMs: ageOf(number, atMs) }];
  });
}
