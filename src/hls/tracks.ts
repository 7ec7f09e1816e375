/** Times of the program's tracks in media, and fragments of one of them. */
import { type FragmentTrack, fragment } from '../media/fmp4-writer.ts';

/** Ticks per frame of the video timescale: exact for every whole frame rate. */
export const TICKS_PER_FRAME = 512;
/** Rate of the program's sound, hertz: also the timescale of its track. */
export const SAMPLE_RATE = 48000;

/** A fragment of one track; `sequence` counts from 1. */
export function fragmentOf(sequence: number, track: FragmentTrack): Uint8Array {
  return fragment(sequence, [track]);
}
