/**
 * The times of a stream whose every part comes three times: pictures, small pictures and sound each end where theirs do, also while the
 * program comes with every second frame. No part may be longer than was promised, nor hold less than 85 % of it (rfc8216bis section
 * 4.4.4.9), or players on iOS stop. Pure.
 */
import { type HlsProfile, type StreamTimes, streamTimes, withLongerParts } from './profile.ts';

/** Media of sound: samples in one unit of AAC. */
const UNIT_SAMPLES = 1024;
const SAMPLE_RATE = 48_000;
/** Pictures a second of the small rendition, or as near to it as whole frames go. */
const LOW_FRAMERATE = 15;
const LEAST_OF_PART = 0.85;
/** The program as ordered, and with half its pictures. */
const FRAME_STEPS = [1, 2] as const;

/** Frames of the program for each small picture, while the program itself comes with every `frameStep`th. */
export function lowFrameStep(framerate: number, frameStep = 1): number {
  return frameStep * Math.max(1, Math.round(framerate / frameStep / LOW_FRAMERATE));
}

/** As `streamTimes`, with the fewest frames in a part from which on all renditions fill theirs. */
export function abrStreamTimes(profile: HlsProfile, framerate: number, segmentSeconds: number): StreamTimes {
  const times = streamTimes(profile, framerate, segmentSeconds);
  const most = Math.min(times.segmentFrames, 2 * times.partFrames);
  const counts = Array.from({ length: most - times.partFrames + 1 }, (_, index) => times.partFrames + index);
  const partFrames = counts.find((frames) => isFilled(frames, framerate)) ?? times.partFrames;
  return abrTimes({ ...times, partFrames }, framerate);
}

/** The same parts, which may be as long as any of the renditions makes them. */
export function abrTimes(times: StreamTimes, framerate: number): StreamTimes {
  return withLongerParts(times, Math.max(...lengthsOf(times.partFrames, framerate)));
}

function isFilled(partFrames: number, framerate: number): boolean {
  const lengths = lengthsOf(partFrames, framerate);
  return Math.min(...lengths) >= LEAST_OF_PART * Math.max(...lengths);
}

/** Seconds that parts of all renditions may have, but for the last of a segment. */
function lengthsOf(partFrames: number, framerate: number): number[] {
  return FRAME_STEPS.flatMap((frameStep) => {
    const frames = Math.max(frameStep, Math.floor(partFrames / frameStep) * frameStep);
    const seconds = frames / framerate;
    const low = lowFrameStep(framerate, frameStep) / framerate;
    return [seconds, ...wholes(seconds, low), ...wholes(seconds, UNIT_SAMPLES / SAMPLE_RATE)];
  });
}

/** As many whole pieces as fit into a part, and one more where they do not fill it. */
function wholes(seconds: number, piece: number): number[] {
  const count = seconds / piece;
  return [Math.floor(count + 1e-9) * piece, Math.ceil(count - 1e-9) * piece];
}
