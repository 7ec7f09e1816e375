/** What the packager makes and the session log keeps. */
import type { WallTime } from './timestamp.ts';

/** The start of every segment until the next one: `ftyp` + `moov`. */
export interface InitSegment {
  /** Counts from 0; a new one means other codec parameters, and a discontinuity. */
  readonly generation: number;
  readonly data: Uint8Array;
  /** RFC 6381 codec strings for the multivariant playlist, video first. */
  readonly codecs: readonly string[];
  readonly width: number;
  readonly height: number;
  readonly framerate: number;
}

/**
 * A CMAF chunk: one `moof` + `mdat` with the video and sound of a span of the program. The unit of durability: a segment
 * is the concatenation of its parts.
 */
export interface Part {
  readonly init: InitSegment;
  /** Media sequence number of the segment; counts from 0 over the whole session. */
  readonly segment: number;
  /** Position in the segment, from 0. */
  readonly index: number;
  /** First program frame; frame n shows the program at `n / framerate` seconds. */
  readonly firstFrame: number;
  /** Number of program frames. */
  readonly frames: number;
  /** Starts with a key frame. */
  readonly independent: boolean;
  /** The program breaks off before this part: players must reset their decoders. */
  readonly discontinuity: boolean;
  /** Ends its segment. */
  readonly last: boolean;
  /** When the content of the first frame was shown in the program. */
  readonly wallTime: WallTime;
  readonly data: Uint8Array;
}
