/** The form of the program's video (size, rate, encoder), and how one form follows another. Pure. */
import type { VideoEncoderName } from '../ffmpeg/video-encoders.ts';
import { lowFrameStep } from '../media/low-frame-step.ts';

/** Form of the program's picture. */
export interface ProgramForm {
  /** Pixels of the canvas, even. */
  readonly width: number;
  readonly height: number;
  /** Program frames per second: the ticker's, whatever the step is. */
  readonly framerate: number;
  /** Program frames of each picture: 1, every frame is coded; 2, every second one. Those are made whose number it divides. */
  readonly frameStep: number;
  readonly kbit: number;
  /** An x264 preset. */
  readonly preset: string;
  /** Distance of key frames, in program frames. */
  readonly gopFrames: number;
  readonly encoder: VideoEncoderName;
}

/** What of a room's program tells its form. */
export interface ProgramShape {
  readonly width: number;
  readonly height: number;
  readonly framerate: number;
  readonly videoKbit: number;
  readonly preset: string;
  readonly gopFrames: number;
  /** Default x264. */
  readonly encoder?: VideoEncoderName;
}

/** The form as ordered: every frame, full size. */
export function orderedForm(program: ProgramShape): ProgramForm {
  const { width, height, framerate, videoKbit, preset, gopFrames, encoder = 'x264' } = program;
  return { width, height, framerate, frameStep: 1, kbit: videoKbit, preset, gopFrames, encoder };
}

/** Whether both give the same pictures and the same packets. */
export function sameForm(a: ProgramForm, b: ProgramForm): boolean {
  return (
    a.width === b.width &&
    a.height === b.height &&
    a.framerate === b.framerate &&
    a.frameStep === b.frameStep &&
    a.kbit === b.kbit &&
    a.preset === b.preset &&
    a.gopFrames === b.gopFrames &&
    a.encoder === b.encoder
  );
}

/** Whether a picture is made for this frame. */
export function isCoded(form: ProgramForm, frame: number): boolean {
  return frame % form.frameStep === 0;
}

/**
 * The first frame, not before `earliest`, at which one form may follow another: a picture of both, so that nothing overlaps
 * and nothing is missing.
 */
export function nextChange(from: ProgramForm, to: ProgramForm, earliest: number): number {
  const distance = leastCommonMultiple(from.frameStep, to.frameStep);
  return Math.ceil(earliest / distance) * distance;
}

/** Pixels of the longer edge of the small rendition, at most. */
const LOW_EDGE = 640;
/** Bits do not fall as fast as pixels: the smaller a picture, the more there is to see in each of its pixels. */
const BITS_EXPONENT = 0.75;
const LEAST_KBIT = 150;

/** The small rendition of a program: its frames are frames of the full one, its key frames come at the same numbers. */
export function lowForm(full: ProgramForm): ProgramForm {
  const scale = Math.min(1, LOW_EDGE / Math.max(full.width, full.height));
  const width = even(full.width * scale);
  const height = even(full.height * scale);
  const frameStep = lowFrameStep(full.framerate, full.gopFrames, full.frameStep);
  const share = (width * height * full.frameStep) / (full.width * full.height * frameStep);
  const kbit = Math.min(full.kbit, Math.max(LEAST_KBIT, Math.round(full.kbit * share ** BITS_EXPONENT)));
  // Small enough for any processor, and devices allow few streams at a time.
  return { ...full, width, height, frameStep, kbit, encoder: 'x264' };
}

function even(pixels: number): number {
  return Math.max(2, 2 * Math.round(pixels / 2));
}

function leastCommonMultiple(a: number, b: number): number {
  return (a / greatestCommonDivisor(a, b)) * b;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
