/** What the page and its two worklets say to each other. */

/** `processorOptions` of the one that captures. */
export interface SoundWorkletOptions {
  readonly channels: 1 | 2;
}

/** To a worklet, once: where its frames (`FramedAudio`) go, or decoded packets come from and reports go. */
export interface WorkletTarget {
  readonly port: MessagePort;
}

/** To the worklet that captures, last: a processor without an input would run until its context is closed. */
export type WorkletStop = 'stop';

/** To the page, for each captured frame: its level, -dBov 0–127. */
export type SoundWorkletLevel = number;
