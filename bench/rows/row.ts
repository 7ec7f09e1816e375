/** What is compared: each row makes the same program in another way. */
import type { Content } from '../content/content.ts';
import type { RootProcess } from '../measure/processes.ts';

/** Names of the rows, in the order in which they take turns. */
export const ROWS = ['floor', 'ours', 'ours-clamped', 'xstack', 'gst'] as const;
/** One of them. */
export type RowName = (typeof ROWS)[number];

/** What a row needs. */
export interface RowOptions {
  readonly ffmpeg: string;
  readonly content: Content;
  readonly tiles: number;
  /** It ends by itself after so long, whatever happens to the bench. */
  readonly longestSeconds: number;
}

/** What a row says of the measured window beside its processor time. */
export interface Quality {
  /** Seconds of program per second of real time: below 1 it did not keep up. */
  readonly speed?: number;
  readonly frames?: number;
  readonly missingFrames?: number;
  readonly lateFrames?: number;
  readonly skippedFrames?: number;
  /** Sound packets that listeners and the program should have got and did not. */
  readonly missingSound?: number;
  /** Milliseconds between the moment a frame was due and the arrival of its packet in the server. */
  readonly deliveryP50Ms?: number;
  readonly deliveryP99Ms?: number;
  /** Highest step of the degrade ladder. */
  readonly step?: number;
}

/** A row at work. */
export interface RunningRow {
  readonly roots: readonly RootProcess[];
  /** The measured window begins. */
  begin(): Promise<void>;
  /** It ends. @throws Error when the row has not run all the time. */
  end(): Promise<Quality>;
  /** Resolves when every process is gone. */
  stop(): Promise<void>;
}
