/** The loudspeaker: which one, and how it sounds. */
import { recall, remember } from '../util/page-storage.ts';
import type { DeviceChoice } from '../capture/devices.ts';

const KEY = 'gridcast.speaker';
/** An arpeggio: frequency in Hz and start in seconds. */
const CHIME = [
  { hz: 523.25, at: 0 },
  { hz: 659.25, at: 0.16 },
  { hz: 783.99, at: 0.32 },
] as const;
const NOTE_S = 0.5;
const LOUDNESS = 0.18;

/** Not in every browser yet. */
interface SinkContext extends AudioContext {
  setSinkId(id: string): Promise<void>;
}

/** Remembers the choice; `close` ends the list's updates and a chime that plays. */
export class Speakers {
  readonly #changed: () => void;
  #choices: readonly DeviceChoice[] = [];
  #id = recall('local', KEY);
  #context: AudioContext | undefined;
  #chime: AudioContext | undefined;
  #closed = false;

  /** `changed` is called after each change of what can be read here. */
  constructor(changed: () => void) {
    this.#changed = changed;
    if ('mediaDevices' in navigator) navigator.mediaDevices.addEventListener('devicechange', this.#relist);
  }

  /** Whether this browser lets a page choose. */
  get selectable(): boolean {
    return 'AudioContext' in window && 'setSinkId' in AudioContext.prototype;
  }

  /** Those besides the system's own choice; empty until the microphone was allowed. */
  get choices(): readonly DeviceChoice[] {
    return this.#choices;
  }

  /** Empty: as the system is set. */
  get id(): string {
    return this.#choices.some(({ id }) => id === this.#id) ? this.#id : '';
  }

  /** Whether the chime plays. */
  get testing(): boolean {
    return this.#chime !== undefined;
  }

  /** Plays a context's sound on the chosen speaker, now and after each change; its owner closes it. */
  use(context: AudioContext): void {
    this.#context = context;
    void this.#route(context);
  }

  /** Takes another speaker, or the system's for an empty id. */
  choose(id: string): void {
    this.#id = id;
    remember('local', KEY, id);
    if (this.#context) void this.#route(this.#context);
    this.#changed();
  }

  /** Looks again which there are: names appear once the microphone is allowed. */
  async list(): Promise<void> {
    if (!('mediaDevices' in navigator) || !this.selectable) return;
    const devices = await navigator.mediaDevices.enumerateDevices();
    if (this.#closed) return;
    const choices = devices
      .filter(({ kind, deviceId, label }) => kind === 'audiooutput' && label !== '' && deviceId !== 'default')
      .map(({ deviceId, label }) => ({ id: deviceId, label }));
    if (JSON.stringify(choices) === JSON.stringify(this.#choices)) return;
    this.#choices = choices;
    if (this.#context) void this.#route(this.#context);
    this.#changed();
  }

  /** Three short tones; call it in a click. Resolves when they are over. */
  async test(): Promise<void> {
    if (this.#chime || this.#closed) return;
    const context = new AudioContext();
    this.#chime = context;
    this.#changed();
    try {
      await this.#route(context);
      await context.resume();
      await playChime(context);
    } finally {
      this.#chime = undefined;
      if (context.state !== 'closed') await context.close();
      if (!this.#closed) this.#changed();
    }
  }

  close(): void {
    this.#closed = true;
    if ('mediaDevices' in navigator) navigator.mediaDevices.removeEventListener('devicechange', this.#relist);
    if (this.#chime && this.#chime.state !== 'closed') void this.#chime.close();
  }

  async #route(context: AudioContext): Promise<void> {
    if (!canRoute(context) || context.state === 'closed') return;
    // A speaker that went away meanwhile: the sound stays where it is, and the list has already lost it.
    await context.setSinkId(this.id).catch(() => undefined);
  }

  readonly #relist = (): void => void this.list();
}

function canRoute(context: AudioContext): context is SinkContext {
  return 'setSinkId' in context;
}

function playChime(context: AudioContext): Promise<void> {
  const start = context.currentTime + 0.05;
  let last: OscillatorNode | undefined;
  for (const { hz, at } of CHIME) {
    const tone = new OscillatorNode(context, { frequency: hz });
    const gain = new GainNode(context, { gain: 0 });
    gain.gain.setValueAtTime(0, start + at);
    gain.gain.linearRampToValueAtTime(LOUDNESS, start + at + 0.02);
    gain.gain.exponentialRampToValueAtTime(0.001, start + at + NOTE_S);
    tone.connect(gain).connect(context.destination);
    tone.start(start + at);
    tone.stop(start + at + NOTE_S);
    last = tone;
  }
  return new Promise((resolve) => {
    last?.addEventListener('ended', () => resolve(), { once: true });
    context.addEventListener('statechange', () => {
      if (context.state === 'closed') resolve();
    });
  });
}
