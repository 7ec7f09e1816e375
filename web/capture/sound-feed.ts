/** The page's end of a sound source: the audio graph from a track to frames of 20 ms for the encoder. */
import type { SoundInput } from '../engine/engine-messages.ts';
import type {
  SoundWorkletLevel,
  SoundWorkletOptions,
  WorkletStop,
  WorkletTarget,
} from '../worklets/worklet-messages.ts';
import workletUrl from '../worklets/sound-worklet.ts?worker&url';

const RAMP_S = 0.02;

/** What it needs; track and context stay their owners'. */
export interface SoundFeedOptions {
  /** Running at 48 kHz. */
  readonly context: AudioContext;
  readonly track: MediaStreamTrack;
  readonly channels: 1 | 2;
  readonly muted: boolean;
  /** Level of each 20 ms, -dBov 0–127: 127 while muted. */
  level(level: number): void;
}

/** Runs from its making, after `prepare`, until `stop`. While muted it goes on giving silence: the timeline stays whole, and unmuting is instant. */
export class SoundFeed {
  readonly input: SoundInput;
  readonly #context: AudioContext;
  readonly #source: MediaStreamAudioSourceNode;
  readonly #gain: GainNode;
  readonly #worklet: AudioWorkletNode;
  #muted: boolean;

  /** Loads what runs on the audio thread, once for each context. Rejects when the browser cannot. */
  static prepare(context: AudioContext): Promise<void> {
    return context.audioWorklet.addModule(workletUrl);
  }

  constructor({ context, track, channels, muted, level }: SoundFeedOptions) {
    const { port1, port2 } = new MessageChannel();
    const processorOptions: SoundWorkletOptions = { channels };
    this.#context = context;
    this.#muted = muted;
    this.#source = context.createMediaStreamSource(new MediaStream([track]));
    this.#gain = new GainNode(context, { gain: muted ? 0 : 1 });
    this.#worklet = new AudioWorkletNode(context, 'gridcast-sound', {
      numberOfInputs: 1,
      numberOfOutputs: 1,
      channelCount: channels,
      // Some microphones claim two channels and fill one.
      channelCountMode: 'explicit',
      processorOptions,
    });
    this.#worklet.port.onmessage = (event: MessageEvent<SoundWorkletLevel>) => level(event.data);
    const target: WorkletTarget = { port: port1 };
    this.#worklet.port.postMessage(target, [port1]);
    // Its output is silence; being connected keeps the browser rendering it.
    this.#source.connect(this.#gain).connect(this.#worklet).connect(context.destination);
    this.input = { kind: 'sound', port: port2, channels };
  }

  set muted(muted: boolean) {
    if (muted === this.#muted) return;
    this.#muted = muted;
    const { gain } = this.#gain;
    const now = this.#context.currentTime;
    gain.setValueAtTime(gain.value, now);
    gain.linearRampToValueAtTime(muted ? 0 : 1, now + RAMP_S);
  }

  stop(): void {
    this.#worklet.port.onmessage = null;
    for (const node of [this.#source, this.#gain, this.#worklet]) node.disconnect();
    const stop: WorkletStop = 'stop';
    this.#worklet.port.postMessage(stop);
    this.#worklet.port.close();
  }
}
