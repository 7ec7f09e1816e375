/** The measured hops of picture and sound, from a camera to a screen. */

/**
 * `capture_encoded`, `encoded_acked`: as pages measure; `capture_ingest`: by the sender's own clock to the arrival of a frame;
 * `ingest_program`: to the time of the program frame that shows it; `program_packet`: from there to the packet that goes to
 * everybody; `program_display`, `capture_display`: as pages measure, to their screens and loudspeakers.
 */
export const HOPS = [
  'capture_encoded',
  'encoded_acked',
  'capture_ingest',
  'ingest_program',
  'program_packet',
  'program_display',
  'capture_display',
] as const;
/** One of them. */
export type Hop = (typeof HOPS)[number];
/** What travels. */
export type HopMedia = 'picture' | 'sound';

/** Who wants to know. */
export interface HopObserver {
  /** A frame took `ms` milliseconds for a part of its way. */
  observeHop(hop: Hop, media: HopMedia, ms: number): void;
  /** What a page says of itself beside delays: pictures a second, and what went wrong since it said so before. */
  observePage(figures: PageFigures): void;
}

/** What a page says of itself. Counts are since its report before. */
export interface PageFigures {
  readonly rttMs?: number | undefined;
  readonly soundBufferMs?: number | undefined;
  readonly sentFps?: number | undefined;
  readonly shownFps?: number | undefined;
  readonly sendDrops: number;
  readonly showDrops: number;
  readonly underruns: number;
}

/** For who is not interested. */
export const noHopObserver: HopObserver = { observeHop: () => undefined, observePage: () => undefined };
