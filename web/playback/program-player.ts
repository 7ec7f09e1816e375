/** What an engine has to know of whoever plays the program, by decoders or by other means. */
import type { Frame } from '../../src/protocol/frame.ts';
import type { ConfigMessage } from '../../src/protocol/messages.ts';

/** What a player has to say. */
export interface ProgramHooks {
  /** Frames are missing: the next one of use is a key frame. */
  keyframeWanted(): void;
  /** The first picture is on the canvas, or the picture's size changed. */
  resized(width: number, height: number): void;
  failed(message: string): void;
}

/** The picture on the canvas. */
export interface ShownPicture {
  /** Its program time, microseconds since 1970 by the room's clock. */
  readonly us: number;
  /** For which it stands, microseconds; 0 where nobody knows. */
  readonly durationUs: number;
  /** How old it was by the room's clock when it was seen, milliseconds. */
  readonly ageMs: number | undefined;
}

/** How old it is, milliseconds: what stands for a second is none the older for that. @param roomMs the room's clock. */
export function ageOf({ us, durationUs, ageMs }: ShownPicture, roomMs: number): number {
  return Math.max(ageMs ?? 0, roomMs - (us + durationUs) / 1000);
}

/** The program's picture. */
export interface PicturePlayer {
  /** Pictures shown, and coded ones that arrived, since the start. */
  readonly presented: number;
  readonly received: number;
  readonly shown: ShownPicture | undefined;
  configure(config: ConfigMessage): void;
  push(frame: Frame): void;
  /** The connection was cut: numbers start anew. */
  reset(): void;
  close(): void;
}

/** The program's sound. */
export interface SoundPlayer {
  /** What is in stock, and how often it ran dry; undefined before anything plays. */
  readonly report: { readonly levelMs: number; readonly underruns: number; readonly skips?: number } | undefined;
  configure(config: ConfigMessage): void;
  push(frame: Frame): void;
  reset(): void;
  close(): void;
}

/** Both; they may be one. */
export interface ProgramPlayer {
  readonly picture: PicturePlayer;
  readonly sound: SoundPlayer;
}
