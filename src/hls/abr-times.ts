/**
 * The times of a stream whose every part comes three times: pictures, small pictures and sound each end where theirs do, also while the
 * program comes with every second frame. No part may be longer than was promised, nor hold less than 85 % of it (rfc8216bis section
 * 4.4.4.9), or players on iOS stop. Pure.
 */
import { lowFrameStep } from '../media/low-frame-step.ts';
import { type HlsProfile, type StreamTimes, streamTimes, withLongerParts } from './profile.ts';

/** Media of sound: samples in one unit of AAC. */
const UNIT_SAMPLES = 1024;
const SAMPLE_RATE = 48_000;
const LEAST_OF_PART = 0.85;
/** The program as ordered, and with half its pictures. */
const FRAME_STEPS = [1, 2] as const;

type PartTimes = Pick<StreamTimes, 'partFrames' | 'segmentFrames'>;

/** As `streamTimes`, with the fewest frames in a part from which on all renditions fill theirs. */
export function abrStreamTimes(profile: HlsProfile, framerate: number, segmentSeconds: number): StreamTimes {
  const times = streamTimes(profile, framerate, segmentSeconds);
  const most = Math.min(times.segmentFrames, 2 * times.partFrames);
  const counts = Array.from({ length: most - times.partFrames + 1 }, (_, index) => times.partFrames + index);
  const partFrames = counts.find((frames) => isFilled({ ...times, partFrames: frames }, framerate)) ?? times.partFrames;
  return abrTimes({ ...times, partFrames }, framerate);
}

/** The same parts, which may be as long as any of the renditions makes them. */
export function abrTimes(times: StreamTimes, framerate: number): StreamTimes {
  return withLongerParts(times, Math.max(...lengthsOf(times, framerate)));
}

function isFilled(times: PartTimes, framerate: number): boolean {
  const lengths = lengthsOf(times, framerate);
  return Math.min(...lengths) >= LEAST_OF_PART * Math.max(...lengths);
}

/** Seconds that parts of all renditions may have, but for the last of a segment. */
function lengthsOf({ partFrames, segmentFrames }: PartTimes, framerate: number): number[] {
  return FRAME_STEPS.flatMap((frameStep) => {
    const frames = Math.max(frameStep, Math.floor(partFrames / frameStep) * frameStep);
    const seconds = frames / framerate;
    const low = lowFrameStep(framerate, segmentFrames, frameStep) / framerate;
    return [seconds, ...wholes(seconds, low), ...wholes(seconds, UNIT_SAMPLES / SAMPLE_RATE)];
  });
}

/** As many whole pieces as fit into a part, and one more where they do not fill it. */
function wholes(seconds: number, piece: number): number[] {
  const count = seconds / piece;
  return [Math.floor(count + 1e-9) * piece, Math.ceil(count - 1e-9) * piece];
}
