/** The page's end of the program's sound: the worklet that plays it, and its volume. */
import type { WorkletTarget } from '../worklets/worklet-messages.ts';
import workletUrl from '../worklets/playback-worklet.ts?worker&url';

/** Runs from `start` until `close`; the context stays its owner's. */
export class Speaker {
  /** Decoded packets go in here; to be given to whoever decodes. */
  readonly port: MessagePort;
  readonly #context: AudioContext;
  readonly #worklet: AudioWorkletNode;
  readonly #gain: GainNode;

  /** Loads the worklet. Rejects when the browser cannot play sound. */
  static async start(context: AudioContext): Promise<Speaker> {
    await context.audioWorklet.addModule(workletUrl);
    return new Speaker(context);
  }

  private constructor(context: AudioContext) {
    const { port1, port2 } = new MessageChannel();
    this.#context = context;
    this.#gain = new GainNode(context);
    this.#worklet = new AudioWorkletNode(context, 'gridcast-playback', {
      numberOfInputs: 0,
      numberOfOutputs: 1,
      outputChannelCount: [2],
    });
    const target: WorkletTarget = { port: port1 };
    this.#worklet.port.postMessage(target, [port1]);
    this.#worklet.connect(this.#gain).connect(context.destination);
    this.port = port2;
  }

  /** 0 (silent) to 1. */
  set volume(volume: number) {
    this.#gain.gain.setTargetAtTime(volume, this.#context.currentTime, 0.02);
  }

  /** From the worklet to the ear, seconds. */
  get latencyS(): number {
    // Not everywhere; what is missing is the smaller part.
    return this.#context.outputLatency || this.#context.baseLatency;
  }

  close(): void {
    this.#worklet.port.close();
    this.#worklet.disconnect();
    this.#gain.disconnect();
  }
}
