/**
 * Everything this person can send: camera, microphone, screen and a file from disk. It knows nothing of pages or rooms:
 * open and shut what you like, and send what `sources` lists; whenever that changes, `changed` is called.
 */
import type { DeviceKind } from '../capture/device-words.ts';
import { listDevices, openDevice } from '../capture/devices.ts';
import { type DeviceAccess, DeviceInput, type DeviceInputState } from '../media/device-input.ts';
import { type Film, openFilm } from '../media/film.ts';
import { type LocalSource, SOURCE_TRACK } from '../media/local-source.ts';
import { ScreenShare, type ScreenState } from '../media/screen-share.ts';
import { nowMs } from '../util/monotonic.ts';
import type { Problem } from '../util/problem.ts';
import { recall, remember } from '../util/page-storage.ts';

/** Camera or microphone, as it is. */
export type DeviceState = DeviceInputState<MediaStreamTrack>;

const KINDS = ['camera', 'microphone'] as const;
const BROWSER: DeviceAccess<MediaStreamTrack> = { open: openDevice, list: listDevices };

/** Owns the media tracks until `close`: whoever else uses them must not stop them. */
export class LocalMedia {
  readonly #changed: () => void;
  readonly #devices: Readonly<Record<DeviceKind, DeviceInput<MediaStreamTrack>>>;
  readonly #screen: ScreenShare;
  #film: Film | undefined;
  /** Counts what was asked to play: only the last file is. */
  #films = 0;
  #filmOpening = false;
  #filmProblem: Problem | undefined;
  #microphoneOn = true;
  #closed = false;

  /** `changed` is called after each change of what can be read here. */
  constructor(changed: () => void) {
    this.#changed = changed;
    this.#devices = { camera: this.#createInput('camera'), microphone: this.#createInput('microphone') };
    this.#screen = new ScreenShare(changed);
    if ('mediaDevices' in navigator) navigator.mediaDevices.addEventListener('devicechange', this.#relist);
  }

  get camera(): DeviceState {
    return this.#devices.camera.state;
  }

  get microphone(): DeviceState {
    return this.#devices.microphone.state;
  }

  get screen(): ScreenState {
    return this.#screen.state;
  }

  /** The file that was opened last. */
  get film(): Film | undefined {
    return this.#film;
  }

  /** A file is being read. */
  get filmOpening(): boolean {
    return this.#filmOpening;
  }

  /** Whether the others are to hear the microphone; it stays open while off, so that it is back at once. */
  get microphoneOn(): boolean {
    return this.#microphoneOn && this.microphone.track !== undefined;
  }

  set microphoneOn(on: boolean) {
    this.#microphoneOn = on;
    this.#changed();
  }

  /** What this person sends now, by rising track number; each number stands there at most once. */
  get sources(): readonly LocalSource[] {
    return [...this.#deviceSources(), ...this.#screenSources(), ...this.#filmSources()].sort(
      (a, b) => a.track - b.track,
    );
  }

  /** What the person should know of their screen, file and devices, beside the problems of the devices themselves. */
  get notice(): Problem | undefined {
    const { camera, microphone } = this.#devices;
    return this.#screen.state.problem ?? this.#filmProblem ?? camera.notice ?? microphone.notice;
  }

  /** Opens a device, the one wanted last when no id is given. Never rejects: a failure becomes the device's problem. */
  open(kind: DeviceKind, id?: string): Promise<void> {
    return this.#devices[kind].open(id);
  }

  /** Gives a device that is on back and takes it again. */
  retake(kind: DeviceKind): void {
    this.#devices[kind].retake();
  }

  /** Switches a device off, lamp included. */
  shut(kind: DeviceKind): void {
    this.#devices[kind].shut();
  }

  /** Lets the person choose a screen, window or tab; call it in a click. Never rejects. */
  shareScreen(): Promise<void> {
    return this.#screen.start();
  }

  /** Ends sharing the screen. */
  stopScreen(): void {
    this.#screen.stop();
  }

  /**
   * Plays a file from disk instead of the one before; call it in a click or a drop, so that its sound may start. Never
   * rejects: a file that does not play becomes the notice, and what played before goes on.
   */
  async playFile(file: File): Promise<void> {
    this.#films += 1;
    const run = this.#films;
    this.#filmOpening = true;
    this.#filmProblem = undefined;
    this.#changed();
    let film: Film | undefined;
    const opened = await openFilm(file, {
      changed: this.#changed,
      failed: (problem) => {
        // Another may have taken its place; one that is about to is none of its business.
        if (!film || film !== this.#film) return;
        film.close();
        this.#film = undefined;
        this.#filmProblem = problem;
        this.#changed();
      },
    });
    if (this.#closed || run !== this.#films) {
      if ('film' in opened) opened.film.close();
      return;
    }
    this.#filmOpening = false;
    this.#filmProblem = 'film' in opened ? opened.warning : opened.problem;
    if ('film' in opened) {
      this.#film?.close();
      ({ film } = opened);
      this.#film = film;
      void film.play();
    }
    this.#changed();
  }

  /** Takes the file away again, also one that is still being read. */
  removeFile(): void {
    this.#films += 1;
    this.#filmOpening = false;
    this.#film?.close();
    this.#film = undefined;
    this.#changed();
  }

  /** The person has read what does not work, and the notice. */
  dismissProblems(): void {
    for (const kind of KINDS) this.#devices[kind].dismiss();
    this.#screen.dismiss();
    this.#filmProblem = undefined;
    this.#changed();
  }

  /** Switches everything off for good. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    if ('mediaDevices' in navigator) navigator.mediaDevices.removeEventListener('devicechange', this.#relist);
    for (const kind of KINDS) this.#devices[kind].close();
    this.#screen.close();
    this.#film?.close();
    this.#film = undefined;
  }

  readonly #relist = (): void => {
    for (const kind of KINDS) void this.#devices[kind].relist();
  };

  #createInput(kind: DeviceKind): DeviceInput<MediaStreamTrack> {
    const key = `gridcast.${kind}`;
    return new DeviceInput({
      kind,
      access: BROWSER,
      id: recall('local', key),
      nowMs,
      changed: this.#changed,
      chosen: (id) => remember('local', key, id),
    });
  }

  #deviceSources(): LocalSource[] {
    const { camera, microphone } = this.#devices;
    const silent = !this.#microphoneOn || microphone.interrupted;
    return [
      ...source('microphone', 'mic', 'voice', microphone.media, silent ? 'muted' : 'live'),
      ...source('camera', 'camera', 'motion', camera.media, camera.interrupted ? 'paused' : 'live'),
    ];
  }

  #screenSources(): LocalSource[] {
    const { picture, sound, interrupted } = this.#screen.state;
    return [
      ...source('screen', 'screen', 'detail', picture, interrupted ? 'paused' : 'live'),
      ...source('screenSound', 'screen', 'music', sound, 'live'),
    ];
  }

  /** A film that came to its end is sent no more: its tile says so, and goes. */
  #filmSources(): LocalSource[] {
    const film = this.#film;
    if (!film || film.state.status === 'ended') return [];
    const playing = film.state.status === 'playing';
    return [
      ...source('fileSound', 'file', 'music', film.sound, playing ? 'live' : 'muted'),
      ...source('filePicture', 'file', 'motion', film.picture, playing ? 'live' : 'paused'),
    ];
  }
}

function source(
  name: keyof typeof SOURCE_TRACK,
  of: LocalSource['source'],
  content: LocalSource['content'],
  media: MediaStreamTrack | undefined,
  state: LocalSource['state'],
): LocalSource[] {
  return media ? [{ track: SOURCE_TRACK[name], source: of, media, state, content }] : [];
}
