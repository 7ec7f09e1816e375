/** Times of the program's tracks in media, data of its pictures, and fragments of one track. */
import type { H264Config } from '../media/codec.ts';
import { type FragmentTrack, fragment } from '../media/fmp4-writer.ts';
import type { Packet } from '../media/packet.ts';
import { parameterSetsOf, withParameterSets } from '../media/parameter-sets.ts';

/** Ticks per frame of the video timescale: exact for every whole frame rate. */
export const TICKS_PER_FRAME = 512;
/** Rate of the program's sound, hertz: also the timescale of its track. */
export const SAMPLE_RATE = 48000;

/** A fragment of one track; `sequence` counts from 1. */
export function fragmentOf(sequence: number, track: FragmentTrack): Uint8Array {
  return fragment(sequence, [track]);
}

/**
 * A picture as it goes out to players. Key frames have their parameter sets with them: players that read only the first init segment
 * of a stream could not decode what another encoder made.
 */
export function pictureData({ data, keyframe, config }: Packet<H264Config>): Uint8Array {
  return keyframe && config.description ? withParameterSets(data, parameterSetsOf(config.description)) : data;
}
