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

/** The program's picture. */
export interface PicturePlayer {
  /** Pictures shown, and coded ones that arrived, since the start. */
  readonly presented: number;
  readonly received: number;
  /** Program time of the picture on the canvas, microseconds. */
  readonly shownUs: number | undefined;
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
