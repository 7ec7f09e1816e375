/** Runs on the audio thread: hands decoded program sound to the sound card and reports what is being heard. */
import type { PlaybackInput, PlaybackReport } from './playback-messages.ts';
import { PlaybackRing } from './playback-ring.ts';
import type { WorkletTarget } from './worklet-messages.ts';

const START_MS = 60;
const MOST_MS = 300;
const REPORT_EVERY_QUANTA = 19;

class PlaybackProcessor extends AudioWorkletProcessor {
  readonly #ring = new PlaybackRing({ sampleRate, channels: 2, startMs: START_MS, mostMs: MOST_MS });
  #target: MessagePort | undefined;
  #quanta = 0;

  constructor() {
    super();
    this.port.onmessage = ({ data }: MessageEvent<WorkletTarget>) => {
      this.#target = data.port;
      data.port.onmessage = (event: MessageEvent<PlaybackInput>) =>
        this.#ring.push(event.data.startUs, event.data.channels);
    };
  }

  override process(_inputs: Float32Array[][], outputs: Float32Array[][]): boolean {
    if (this.#quanta % REPORT_EVERY_QUANTA === 0) this.#report();
    this.#quanta += 1;
    this.#ring.pull(outputs[0] ?? []);
    return true;
  }

  #report(): void {
    const { playing, playheadUs, levelMs, underruns, skips } = this.#ring;
    const report: PlaybackReport = { playing, playheadUs, levelMs, underruns, skips, contextTime: currentTime };
    this.#target?.postMessage(report);
  }
}

registerProcessor('gridcast-playback', PlaybackProcessor);
