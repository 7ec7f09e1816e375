/** Whether a finished film is what was asked for: pure. */
import type { ProbedFile } from '../../ffmpeg/probe.ts';

/** What the film must hold. */
export interface ExpectedFilm {
  readonly seconds: number;
  /** Coded pictures, those before the first one shown included. */
  readonly pictures: number;
  /** Tracks. */
  readonly sounds: number;
  /** Undefined: whatever it has. */
  readonly chapters?: number;
}

const TOLERANCE_SECONDS = 0.2;

/** The first difference as a sentence fragment; undefined when there is none. */
export function filmFault(film: ProbedFile, expected: ExpectedFilm): string | undefined {
  const videos = film.streams.filter((stream) => stream.kind === 'video');
  const audios = film.streams.filter((stream) => stream.kind === 'audio');
  const [video] = videos;
  if (!film.format.includes('mp4')) return `it is ${film.format}, not MP4`;
  if (!video || videos.length > 1) return `it has ${videos.length} pictures, not one`;
  if (video.codec !== 'h264') return `its picture is ${video.codec}, not H.264`;
  if (audios.length !== expected.sounds) return `it has ${audios.length} sounds, not ${expected.sounds}`;
  const foreign = audios.find(({ codec }) => codec !== 'aac');
  if (foreign) return `a sound is ${foreign.codec}, not AAC`;
  if (expected.chapters !== undefined && film.chapters.length !== expected.chapters) {
    return `it has ${film.chapters.length} chapters, not ${expected.chapters}`;
  }
  if (video.frames !== expected.pictures) return `it has ${video.frames} frames, not ${expected.pictures}`;
  const seconds = film.durationSeconds ?? 0;
  if (Math.abs(seconds - expected.seconds) > TOLERANCE_SECONDS) {
    return `it lasts ${seconds.toFixed(3)} s, not ${expected.seconds.toFixed(3)} s`;
  }
  return undefined;
}
