/** Sounds that can be found again in a program: Opus of 20 ms packets, mono. */
import { Encoder } from '@evan/opus';
import type { CodedLoop, LoopPacket } from '../room/coded-loop.ts';

const RATE = 48_000;
const FRAMES = 960;
const PACKETS = 50;

/** One second. Defaults: a steady tone at a tenth of full scale. */
export interface ToneChoice {
  /** Whole hertz, so that the second can be repeated. */
  readonly hz: number;
  /** Share of full scale. */
  readonly level?: number;
  /** Heard from the beginning of the second on, for so many milliseconds only. */
  readonly beepMs?: number;
}

/** Encodes it, ready to be repeated. */
export function toneLoop({ hz, level = 0.1, beepMs = 1000 }: ToneChoice): CodedLoop {
  const encoder = new Encoder({ channels: 1, sample_rate: RATE, application: 'audio' });
  encoder.bitrate = 64_000;
  const packets: LoopPacket[] = [];
  // Twice: the first second teaches the encoder what comes before the loop.
  for (let packet = 0; packet < 2 * PACKETS; packet += 1) {
    const pcm = new Int16Array(FRAMES);
    for (let index = 0; index < FRAMES; index += 1) {
      const at = (packet % PACKETS) * FRAMES + index;
      const on = at < (beepMs * RATE) / 1000;
      pcm[index] = on ? Math.round(level * 32_767 * Math.sin((2 * Math.PI * hz * at) / RATE)) : 0;
    }
    const data = Uint8Array.from(encoder.encode(pcm));
    if (packet >= PACKETS) packets.push({ data, keyframe: true });
  }
  const config = { codec: 'opus', codecString: 'opus', sampleRate: RATE, channels: 1 } as const;
  return { config, stepMs: 20, packets };
}
