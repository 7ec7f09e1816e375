/** What a finished recording's page shows beside its film: timeline, waveform, captions and the pictures of the seek bar. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { peaksOf } from '../util/timeline-paths.ts';
import { parseSprites, parseVtt, type TextCue } from '../util/vtt.ts';
import { NO_TIMELINE, readTimeline, type Timeline } from './recording-timeline.ts';
import type { SeekPicture } from './recording-tracks.ts';

/** One file of it, undefined when there is none of this name. */
export type FileSource = (name: string, signal: AbortSignal) => Promise<Blob | undefined>;

/** Loads them once, each for itself: what is missing is only missed. */
export class RecordingExtras implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #urls: string[] = [];
  #run: AbortController | undefined;
  #source: FileSource | undefined;
  timeline: Timeline = NO_TIMELINE;
  /** The timeline has been read. */
  known = false;
  peaks: readonly number[] = [];
  captions: readonly TextCue[] = [];
  pictures: readonly SeekPicture[] = [];
  /** Address of the poster; empty while there is none. */
  poster = '';

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  /** Begins to load. Once is enough: another call does nothing until `reset`. */
  load(source: FileSource): void {
    if (this.#run) return;
    this.#source = source;
    this.#run = new AbortController();
    const { signal } = this.#run;
    void this.#take('timeline.json', signal, (text) => {
      this.timeline = readTimeline(JSON.parse(text));
      this.known = true;
    });
    void this.#take('waveform.json', signal, (text) => {
      this.peaks = peaksOf(JSON.parse(text));
    });
    void this.#take('speakers.vtt', signal, (text) => {
      this.captions = parseVtt(text);
    });
    void this.#loadPoster(signal);
    void this.#take('sprite.vtt', signal, (text) => void this.#loadSprites(text, signal));
  }

  /** Forgets everything, for another recording. */
  reset(): void {
    this.#run?.abort();
    this.#run = undefined;
    for (const url of this.#urls.splice(0)) URL.revokeObjectURL(url);
    Object.assign(this, { timeline: NO_TIMELINE, known: false, peaks: [], captions: [], pictures: [], poster: '' });
  }

  hostConnected(): void {
    if (this.#source && !this.#run) this.load(this.#source);
  }

  hostDisconnected(): void {
    this.reset();
  }

  async #take(name: string, signal: AbortSignal, read: (text: string) => void): Promise<void> {
    try {
      const file = await this.#source?.(name, signal);
      const text = await file?.text();
      if (text === undefined || signal.aborted) return;
      read(text);
      this.#host.requestUpdate();
    } catch {
      // The film plays without; a file that does not come is listed among the files.
    }
  }

  async #loadPoster(signal: AbortSignal): Promise<void> {
    const url = await this.#urlOf('poster.jpg', signal);
    if (url === undefined) return;
    this.poster = url;
    this.#host.requestUpdate();
  }

  async #loadSprites(list: string, signal: AbortSignal): Promise<void> {
    const cues = parseSprites(list);
    const names = [...new Set(cues.map(({ file }) => file))];
    const urls = new Map(
      await Promise.all(names.map(async (name) => [name, await this.#urlOf(name, signal)] as const)),
    );
    if (signal.aborted) return;
    this.pictures = cues.flatMap(({ startS, endS, file, region }) => {
      const url = urls.get(file);
      return url === undefined ? [] : [{ startS, endS, url: region === '' ? url : `${url}#xywh=${region}` }];
    });
    this.#host.requestUpdate();
  }

  async #urlOf(name: string, signal: AbortSignal): Promise<string | undefined> {
    try {
      const file = await this.#source?.(name, signal);
      if (!file || signal.aborted) return undefined;
      const url = URL.createObjectURL(file);
      this.#urls.push(url);
      return url;
    } catch {
      return undefined;
    }
  }
}
