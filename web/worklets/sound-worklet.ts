/** Runs on the audio thread: captured sound in frames of 20 ms straight to the encoder's thread. */
import { Framer } from './framer.ts';
import type { SoundWorkletLevel, SoundWorkletOptions, WorkletStop, WorkletTarget } from './worklet-messages.ts';

const FRAME_SAMPLES = 960;

class SoundProcessor extends AudioWorkletProcessor {
  readonly #framer: Framer;
  readonly #silence = [new Float32Array(128)];
  #target: MessagePort | undefined;
  #stopped = false;

  constructor({ processorOptions }: { readonly processorOptions: SoundWorkletOptions }) {
    super();
    this.#framer = new Framer(FRAME_SAMPLES, processorOptions.channels);
    this.port.onmessage = ({ data }: MessageEvent<WorkletTarget | WorkletStop>) => {
      if (data === 'stop') this.#stopped = true;
      else this.#target = data.port;
    };
  }

  // Without an input, silence goes on: the timeline stays whole. Only its own word ends a processor that has no input any more.
  override process(inputs: Float32Array[][]): boolean {
    if (this.#stopped) return false;
    const input = inputs[0]?.[0] ? inputs[0] : this.#silence;
    for (const frame of this.#framer.push(input, currentFrame)) {
      const level: SoundWorkletLevel = frame.level;
      this.port.postMessage(level);
      this.#target?.postMessage(frame, [frame.samples.buffer]);
    }
    return true;
  }
}

registerProcessor('gridcast-sound', SoundProcessor);
