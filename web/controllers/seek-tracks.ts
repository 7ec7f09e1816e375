/** What the seek bar shows beside times, as text tracks of the video: chapters, and the places of thumbnails. */
import type { Chapter } from './hls-chapters.ts';
import { type SegmentSpan, type Thumbnail, timeThumbnails } from './hls-thumbnails.ts';

/** Longer than any session, seconds: the last chapter has no end yet. */
const OPEN_END_S = 1e7;
const PICTURE = '#xywh=0,0,240,135';

/** Tracks of one video, for its whole life: a track cannot be taken away again. */
export class SeekTracks {
  readonly #chapters: TextTrack;
  readonly #thumbnails: TextTrack;
  #chapterKey = '';
  #placed: readonly Thumbnail[] = [];
  #segments: readonly SegmentSpan[] = [];

  constructor(video: HTMLVideoElement) {
    this.#chapters = video.addTextTrack('chapters', 'chapters');
    this.#thumbnails = video.addTextTrack('metadata', 'thumbnails');
    for (const track of [this.#chapters, this.#thumbnails]) track.mode = 'hidden';
  }

  /** Replaces the chapters; each ends where the next begins. False when they are the same as before. */
  setChapters(chapters: readonly Chapter[]): boolean {
    const key = JSON.stringify(chapters);
    if (key === this.#chapterKey) return false;
    this.#chapterKey = key;
    clear(this.#chapters);
    for (const [index, { title, startS }] of chapters.entries()) {
      this.#chapters.addCue(new VTTCue(startS, chapters[index + 1]?.startS ?? OPEN_END_S, title));
    }
    return true;
  }

  /** Places the thumbnails where their segments are; does nothing while neither has changed. */
  setThumbnails(thumbnails: readonly Thumbnail[], segments: readonly SegmentSpan[]): void {
    if (thumbnails === this.#placed && segments === this.#segments) return;
    this.#placed = thumbnails;
    this.#segments = segments;
    clear(this.#thumbnails);
    for (const { url, startS, endS } of timeThumbnails(thumbnails, segments))
      this.#thumbnails.addCue(new VTTCue(startS, endS, url + PICTURE));
  }
}

function clear(track: TextTrack): void {
  for (const cue of [...(track.cues ?? [])]) track.removeCue(cue);
}
