/** Runs on the audio thread: microphone samples in frames of 20 ms to the page. */
import { Framer } from './framer.ts';

const FRAME_SAMPLES = 960;

class MicrophoneProcessor extends AudioWorkletProcessor {
  readonly #framer = new Framer(FRAME_SAMPLES);
  readonly #silence = new Float32Array(128);

  // Without an input, silence goes on: the timeline stays whole.
  override process(inputs: Float32Array[][]): boolean {
    for (const frame of this.#framer.push(inputs[0]?.[0] ?? this.#silence, currentFrame)) {
      this.port.postMessage(frame, [frame.samples.buffer]);
    }
    return true;
  }
}

registerProcessor('gridcast-microphone', MicrophoneProcessor);
