/** A video or sound file from this person's disk, played for everybody in the room. */
import type { Problem } from '../util/problem.ts';
import { findLength } from './film-length.ts';
import { captureFilm, type FilmPicture } from './film-picture.ts';
import { FilmSound } from './film-sound.ts';
import { describeFilmError, describeMissingPicture } from './film-words.ts';

/** Loudest volume for the room, as a factor. */
export const MOST_FILM_VOLUME = 2;

/** What is shown of a film; the position changes all the time and is asked for by itself. */
export interface FilmState {
  readonly name: string;
  /** `ended`: the last picture was shown; playing or seeking begins anew. */
  readonly status: 'playing' | 'paused' | 'ended';
  readonly loop: boolean;
  /** For the room, as a factor, 0 to MOST_FILM_VOLUME. */
  readonly volume: number;
  /** Whether this person hears it, too. */
  readonly heardHere: boolean;
  /** Undefined when it cannot be found; the film cannot be searched then. */
  readonly durationS: number | undefined;
}

/** Made by `openFilm`; plays until `close`, which frees the file. */
export class Film {
  readonly #element: HTMLVideoElement;
  readonly #url: string;
  readonly #changed: () => void;
  readonly #failed: (problem: Problem) => void;
  readonly #sound: FilmSound | undefined;
  #picture: FilmPicture | undefined;
  #state: FilmState;
  /** Where to seek as soon as the seek before is done: dragging asks for more places than a disk can give. */
  #nextS: number | undefined;
  #closed = false;

  /** `element` knows what is in the file, and is this object's from now on, like the object URL `url`. */
  constructor(options: {
    readonly element: HTMLVideoElement;
    readonly url: string;
    readonly name: string;
    changed(): void;
    /** The file cannot be played on. */
    failed(problem: Problem): void;
  }) {
    const { element, url, name } = options;
    this.#element = element;
    this.#url = url;
    this.#changed = () => options.changed();
    this.#failed = (problem) => options.failed(problem);
    const durationS = Number.isFinite(element.duration) ? element.duration : undefined;
    this.#state = { name, status: 'paused', loop: false, volume: 1, heardHere: true, durationS };
    this.#sound = hasSound(element) ? new FilmSound(element) : undefined;
    this.#capture();
    const events = ['play', 'pause', 'ended', 'seeked', 'durationchange', 'error'];
    for (const event of events) element.addEventListener(event, this.#follow);
  }

  get state(): FilmState {
    return this.#state;
  }

  /** Undefined when the file has none, and after the end. */
  get picture(): MediaStreamTrack | undefined {
    return this.#picture?.track;
  }

  /** Undefined when the file has none. */
  get sound(): MediaStreamTrack | undefined {
    return this.#sound?.track;
  }

  /** Seconds from the beginning. */
  get positionS(): number {
    return this.#nextS ?? this.#element.currentTime;
  }

  /** Plays on, from the beginning after the end; call it in a click. Never rejects: a browser may refuse, and it stays paused. */
  async play(): Promise<void> {
    this.#sound?.resume();
    await this.#element.play().catch(() => undefined);
  }

  pause(): void {
    this.#element.pause();
  }

  /** Goes to a place in seconds, as far as the file reaches. */
  seek(positionS: number): void {
    if (this.#state.durationS === undefined) return;
    const place = Math.max(0, Math.min(this.#state.durationS, positionS));
    if (this.#element.seeking) this.#nextS = place;
    else this.#element.currentTime = place;
  }

  set loop(loop: boolean) {
    this.#element.loop = loop;
    this.#set({ loop });
  }

  /** For the room, as a factor, 0 (silent) to MOST_FILM_VOLUME. */
  set volume(volume: number) {
    const within = Math.max(0, Math.min(MOST_FILM_VOLUME, volume));
    if (this.#sound) this.#sound.roomVolume = within;
    this.#set({ volume: within });
  }

  set heardHere(heardHere: boolean) {
    if (this.#sound) this.#sound.heardHere = heardHere;
    this.#set({ heardHere });
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#picture?.close();
    this.#sound?.close();
    release(this.#element, this.#url);
  }

  readonly #follow = (event: Event): void => {
    if (this.#closed) return;
    const { duration, ended, paused, error } = this.#element;
    if (error) {
      this.#failed(describeFilmError(error.code, this.#state.name));
      return;
    }
    if (event.type === 'seeked' && this.#nextS !== undefined) {
      this.#element.currentTime = this.#nextS;
      this.#nextS = undefined;
    }
    if (ended) {
      // Browsers end what they captured with the film: it is captured anew when it plays again.
      this.#picture?.close();
      this.#picture = undefined;
    } else {
      this.#capture();
    }
    const status = ended ? 'ended' : paused ? 'paused' : 'playing';
    this.#set({ status, durationS: Number.isFinite(duration) ? duration : undefined });
  };

  #capture(): void {
    if (this.#element.videoWidth > 0) this.#picture ??= captureFilm(this.#element);
  }

  #set(change: Partial<FilmState>): void {
    if (this.#closed) return;
    this.#state = { ...this.#state, ...change };
    this.#changed();
  }
}

/** A film, and what the person should know of it; or why there is none. */
export type OpenedFilm = { readonly film: Film; readonly warning: Problem | undefined } | { readonly problem: Problem };

/** Reads what is in a file; the film is paused at its beginning. Never rejects. Callbacks as Film's constructor takes them. */
export async function openFilm(
  file: File,
  callbacks: { changed(): void; failed(problem: Problem): void },
): Promise<OpenedFilm> {
  const url = URL.createObjectURL(file);
  const element = document.createElement('video');
  element.playsInline = true;
  element.preload = 'auto';
  // With the first picture, and not only with its size: it is shown before the film plays.
  const code = await new Promise<number | undefined>((resolve) => {
    element.addEventListener('loadeddata', () => resolve(undefined), { once: true });
    element.addEventListener('error', () => resolve(element.error?.code ?? 0), { once: true });
    element.src = url;
  });
  if (code === undefined) await findLength(element);
  const failure = code ?? element.error?.code;
  const empty = element.videoWidth === 0 && !hasSound(element);
  if (failure !== undefined || empty) {
    release(element, url);
    return { problem: describeFilmError(failure ?? 0, file.name) };
  }
  const blind = element.videoWidth === 0 && file.type.startsWith('video/');
  const film = new Film({ element, url, name: file.name, ...callbacks });
  return { film, warning: blind ? describeMissingPicture(file.name) : undefined };
}

/** Browsers tell it in different ways; one that does not tell gets a sound that may be silent. */
function hasSound(element: HTMLMediaElement): boolean {
  if (typeof element.captureStream === 'function') {
    const tracks = element.captureStream().getTracks();
    for (const track of tracks) track.stop();
    return tracks.some(({ kind }) => kind === 'audio');
  }
  return element.audioTracks ? element.audioTracks.length > 0 : true;
}

function release(element: HTMLMediaElement, url: string): void {
  element.removeAttribute('src');
  element.load();
  URL.revokeObjectURL(url);
}
