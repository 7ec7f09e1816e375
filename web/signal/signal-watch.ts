/** Watches over what a person sends, and says what is wrong with it as long as it is. */
import type { FlowVerdict } from '../../src/protocol/flow/acked-rate-controller.ts';
import type { PublishMessage, SignalMessage, TrackStateName } from '../../src/protocol/messages.ts';
import { NetworkSignals } from './network-signals.ts';
import { PictureSignals } from './picture-signals.ts';
import { type SoundReading, SoundSignals } from './sound-signals.ts';

/** Something that is wrong now. */
export type ActiveSignal = Pick<SignalMessage, 'kind' | 'track'>;

/** What a local source is to the watch; `media` is told apart by identity. */
export interface WatchedSource<Media> {
  readonly track: number;
  readonly source: PublishMessage['source'];
  readonly state: TrackStateName;
  readonly media: Media;
}

/** What looks at one track; `media` is what it was made for. */
export interface Probe<Media, Reading> {
  readonly media: Media;
  /** Undefined when nothing can be said just now. */
  read(): Reading | undefined;
  close(): void;
}

/** What it needs. */
export interface SignalWatchOptions<Media> {
  /** How microphones and cameras are looked at. */
  listen(media: Media): Probe<Media, SoundReading>;
  look(media: Media): Probe<Media, Float32Array>;
  /** How what is sent gets through; undefined while nothing is sent. */
  line(): FlowVerdict | undefined;
  /** Something has become wrong, or is right again. */
  changed(signal: ActiveSignal, active: boolean): void;
}

interface Watched<Media, Reading> {
  readonly probe: Probe<Media, Reading>;
  readonly track: number;
}

/** `follow` what is sent, and `tick` twice a second; ends with `close`. */
export class SignalWatch<Media> {
  readonly #options: SignalWatchOptions<Media>;
  readonly #sound = new SoundSignals();
  readonly #picture = new PictureSignals();
  readonly #network = new NetworkSignals();
  #microphone: Watched<Media, SoundReading> | undefined;
  #camera: Watched<Media, Float32Array> | undefined;
  #active: readonly ActiveSignal[] = [];
  #ticks = 0;

  constructor(options: SignalWatchOptions<Media>) {
    this.#options = options;
  }

  /** What is wrong now, for a server that has not heard of it. */
  get active(): readonly ActiveSignal[] {
    return this.#active;
  }

  /** What is sent now. Screens may stand still and films may be silent: only camera and microphone are watched. */
  follow(sources: readonly WatchedSource<Media>[]): void {
    const live = (source: PublishMessage['source']): WatchedSource<Media> | undefined =>
      sources.find((sent) => sent.source === source && sent.state === 'live');
    const { listen, look } = this.#options;
    const microphone = watch(this.#microphone, live('mic'), listen);
    if (microphone !== this.#microphone) this.#sound.reset();
    this.#microphone = microphone;
    const camera = watch(this.#camera, live('camera'), look);
    if (camera !== this.#camera) this.#picture.reset();
    this.#camera = camera;
    this.#tell();
  }

  /** Looks and listens. @param nowMs of any clock that does not jump. */
  tick(nowMs: number): void {
    const sound = this.#microphone?.probe.read();
    if (sound) this.#sound.update(sound, nowMs);
    if (this.#ticks % 2 === 0) {
      const picture = this.#camera?.probe.read();
      if (picture) this.#picture.update(picture, nowMs);
      const line = this.#options.line();
      if (line) this.#network.update(line, nowMs);
      else this.#network.reset();
    }
    this.#ticks += 1;
    this.#tell();
  }

  close(): void {
    this.#microphone?.probe.close();
    this.#camera?.probe.close();
    this.#microphone = undefined;
    this.#camera = undefined;
  }

  #tell(): void {
    const before = this.#active;
    this.#active = this.#now();
    for (const signal of before) if (!this.#active.some((other) => same(other, signal))) this.#say(signal, false);
    for (const signal of this.#active) if (!before.some((other) => same(other, signal))) this.#say(signal, true);
  }

  #say(signal: ActiveSignal, active: boolean): void {
    this.#options.changed(signal, active);
  }

  #now(): ActiveSignal[] {
    const signals: ActiveSignal[] = [];
    const sound = this.#microphone?.track;
    const picture = this.#camera?.track;
    if (sound !== undefined && this.#sound.silence) signals.push({ kind: 'silence', track: sound });
    if (sound !== undefined && this.#sound.clipping) signals.push({ kind: 'clipping', track: sound });
    if (picture !== undefined && this.#picture.black) signals.push({ kind: 'black', track: picture });
    if (picture !== undefined && this.#picture.frozen) signals.push({ kind: 'frozen', track: picture });
    if (this.#network.slow) signals.push({ kind: 'network' });
    return signals;
  }
}

/** Keeps the probe of media that goes on; ends it otherwise. */
function watch<Media, Reading>(
  before: Watched<Media, Reading> | undefined,
  source: WatchedSource<Media> | undefined,
  open: (media: Media) => Probe<Media, Reading>,
): Watched<Media, Reading> | undefined {
  if (before && before.probe.media === source?.media) return before;
  before?.probe.close();
  return source && { probe: open(source.media), track: source.track };
}

function same(a: ActiveSignal, b: ActiveSignal): boolean {
  return a.kind === b.kind && a.track === b.track;
}
