/** What a recording's video shows beside its picture: chapters, captions and the pictures of the seek bar, as text tracks. */
import type { TextCue } from '../util/vtt.ts';

/** Longer than any recording, seconds: the last chapter has no end. */
const OPEN_END_S = 1e7;

/** A place to go to. */
export interface PlaceInTime {
  readonly title: string;
  readonly startS: number;
}

/** A picture by its whole address, with `#xywh=…` when it is a part of it. */
export interface SeekPicture {
  readonly startS: number;
  readonly endS: number;
  readonly url: string;
}

/** Tracks of one video, for its whole life: a track cannot be taken away again. */
export class RecordingTracks {
  readonly #video: HTMLVideoElement;
  readonly #chapters: TextTrack;
  readonly #pictures: TextTrack;
  #captions: TextTrack | undefined;
  #of: readonly unknown[] = [];

  constructor(video: HTMLVideoElement) {
    this.#video = video;
    this.#chapters = video.addTextTrack('chapters', 'chapters');
    this.#pictures = video.addTextTrack('metadata', 'thumbnails');
    for (const track of [this.#chapters, this.#pictures]) track.mode = 'hidden';
  }

  /** Whether there are captions, and whether they are shown. */
  get captions(): 'none' | 'off' | 'on' {
    if (!this.#captions) return 'none';
    return this.#captions.mode === 'showing' ? 'on' : 'off';
  }

  toggleCaptions(): void {
    if (this.#captions) this.#captions.mode = this.captions === 'on' ? 'disabled' : 'showing';
  }

  /** Replaces what differs from before. The button for captions is there once there are any, called `captionLabel`. */
  set(
    chapters: readonly PlaceInTime[],
    pictures: readonly SeekPicture[],
    captions: readonly TextCue[],
    captionLabel: string,
  ): void {
    const [chaptersBefore, picturesBefore, captionsBefore] = this.#of;
    this.#of = [chapters, pictures, captions];
    if (chapters !== chaptersBefore) {
      const cues = chapters.map(
        ({ startS, title }, index) => new VTTCue(startS, chapters[index + 1]?.startS ?? OPEN_END_S, title),
      );
      fill(this.#chapters, cues);
    }
    if (pictures !== picturesBefore) {
      fill(
        this.#pictures,
        pictures.map(({ startS, endS, url }) => new VTTCue(startS, endS, url)),
      );
    }
    if (captions === captionsBefore || (captions.length === 0 && !this.#captions)) return;
    if (!this.#captions) {
      this.#captions = this.#video.addTextTrack('captions', captionLabel, 'en');
      this.#captions.mode = 'disabled';
    }
    // Cues of a track that is off are not there for the browser.
    const { mode } = this.#captions;
    this.#captions.mode = 'hidden';
    fill(
      this.#captions,
      captions.map(({ startS, endS, text }) => new VTTCue(startS, endS, text)),
    );
    this.#captions.mode = mode;
  }
}

function fill(track: TextTrack, cues: readonly VTTCue[]): void {
  for (const cue of [...(track.cues ?? [])]) track.removeCue(cue);
  for (const cue of cues) track.addCue(cue);
}
