/** The program's frames as fragments of MP4, each complete by itself, so that nothing waits for the next one. */
import { annexbToAvc, splitNalUnits } from '../../../src/media/h264.ts';
import { AUDIO_TRACK_ID, fragment, initSegment, VIDEO_TRACK_ID } from '../../../src/media/fmp4-writer.ts';
import type { Frame } from '../../../src/protocol/frame.ts';
import type { ConfigMessage } from '../../../src/protocol/messages.ts';

/** Ticks a second: capture times as they are. */
const TIMESCALE = 1_000_000;
const SPS = 7;
const PPS = 8;

/** Frames of the program's picture. Once it was configured, the first frame must be a key frame. */
export class PictureFragments {
  readonly #originUs: number;
  #config: ConfigMessage | undefined;
  #description: Uint8Array | undefined;
  #sequence = 0;

  /** @param originUs program time that becomes 0. */
  constructor(originUs: number) {
    this.#originUs = originUs;
  }

  configure(config: ConfigMessage): void {
    this.#config = config;
    this.#description = undefined;
  }

  /** Bytes to append, with a new beginning where the parameter sets changed; undefined when the frame is of no use. */
  take({ header, payload }: Frame): Uint8Array[] | undefined {
    const description = header.keyframe ? avcDescription(payload) : undefined;
    const begin = description && !same(description, this.#description) ? this.#begin(description) : [];
    const baseDecodeTime = header.captureUs - this.#originUs;
    if (!this.#description || baseDecodeTime < 0) return undefined;
    this.#sequence += 1;
    const sample = { data: annexbToAvc(payload), duration: header.durationUs, keyframe: header.keyframe };
    return [...begin, fragment(this.#sequence, [{ trackId: VIDEO_TRACK_ID, baseDecodeTime, samples: [sample] }])];
  }

  #begin(description: Uint8Array): Uint8Array[] {
    const config = this.#config;
    if (config?.codec !== 'h264') return [];
    this.#description = description;
    const { codec, codecString, width, height, framerate } = config;
    const form = { codec, format: 'avc', codecString, width, height, framerate, description } as const;
    return [initSegment({ video: { config: form, timescale: TIMESCALE } })];
  }
}

/** Packets of the program's sound. */
export class SoundFragments {
  readonly #originUs: number;
  #sequence = 0;
  #begin: Uint8Array | undefined;

  /** @param originUs program time that becomes 0. */
  constructor(originUs: number) {
    this.#originUs = originUs;
  }

  configure(config: ConfigMessage): void {
    if (config.codec !== 'opus') return;
    const { codec, sampleRate, channels } = config;
    const form = { codec, codecString: codec, sampleRate, channels } as const;
    this.#begin = initSegment({ audio: { config: form, timescale: TIMESCALE } });
  }

  /** Bytes to append; undefined when the packet is of no use. */
  take({ header, payload }: Frame): Uint8Array[] | undefined {
    const baseDecodeTime = header.captureUs - this.#originUs;
    if (baseDecodeTime < 0 || (this.#sequence === 0 && !this.#begin)) return undefined;
    const begin = this.#begin ? [this.#begin] : [];
    this.#begin = undefined;
    this.#sequence += 1;
    const sample = { data: payload, duration: header.durationUs, keyframe: true };
    return [...begin, fragment(this.#sequence, [{ trackId: AUDIO_TRACK_ID, baseDecodeTime, samples: [sample] }])];
  }
}

/** AVCDecoderConfigurationRecord of a key frame in Annex B; undefined when it has no parameter sets. */
export function avcDescription(keyframe: Uint8Array): Uint8Array | undefined {
  const units = splitNalUnits(keyframe);
  const [sps, pps] = [SPS, PPS].map((type) => units.find(([first = 0]) => (first & 0x1f) === type));
  if (!sps || !pps || sps.length < 4) return undefined;
  const lengths = (unit: Uint8Array): number[] => [unit.length >> 8, unit.length & 0xff];
  const head = [1, ...sps.subarray(1, 4), 0xff, 0xe1];
  return Uint8Array.from([...head, ...lengths(sps), ...sps, 1, ...lengths(pps), ...pps]);
}

function same(a: Uint8Array, b: Uint8Array | undefined): boolean {
  return a.length === b?.length && a.every((byte, index) => byte === b[index]);
}
