/** Opus in this process. The binding is small and quiet upstream, so the rest of the mixer sees only these two classes. */
import { Decoder, Encoder } from '@evan/opus';
import { MediaFormatError } from '../media/media-format-error.ts';

/** Sample rate of everything in the mixer, hertz. */
export const SAMPLE_RATE = 48000;
/** Interleaved channels of everything in the mixer. */
export const CHANNELS = 2;
/** Frames (samples per channel) of one 20 ms block. */
export const BLOCK_FRAMES = 960;

// RFC 6716 section 2.1.4: a packet holds at most 120 ms.
const MAX_PACKET_FRAMES = 5760;

/** Packets to interleaved stereo floats. */
export class OpusDecoder {
  // A stereo decoder also takes mono packets and gives them on both channels (RFC 6716 section 4.5.1).
  readonly #decoder = new Decoder({ channels: CHANNELS, sample_rate: SAMPLE_RATE });

  /** @throws MediaFormatError when the packet is no Opus. */
  decode(packet: Uint8Array): Float32Array {
    let bytes: Uint8Array;
    try {
      bytes = this.#decoder.decode(packet);
    } catch (error) {
      throw new MediaFormatError(`The sound is no Opus packet: ${String(error)}.`);
    }
    const pcm = new Int16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 2);
    if (pcm.length > MAX_PACKET_FRAMES * CHANNELS) throw new MediaFormatError('An Opus packet holds at most 120 ms.');
    const samples = new Float32Array(pcm.length);
    for (let index = 0; index < pcm.length; index += 1) samples[index] = (pcm[index] as number) / 32768;
    return samples;
  }
}

/** Blocks of interleaved stereo floats (−1…1) to packets of 20 ms. */
export class OpusEncoder {
  readonly #encoder = new Encoder({ channels: CHANNELS, sample_rate: SAMPLE_RATE, application: 'audio' });
  readonly #pcm = new Int16Array(BLOCK_FRAMES * CHANNELS);

  /** @param bitrate bits per second. */
  constructor(bitrate: number) {
    this.#encoder.bitrate = bitrate;
    this.#encoder.complexity = 5;
  }

  /** A packet that stays valid: the encoder's own buffer is reused, so this is a copy. */
  encode(block: Float32Array): Uint8Array {
    for (let index = 0; index < this.#pcm.length; index += 1) {
      this.#pcm[index] = Math.max(-1, Math.min(1, block[index] as number)) * 32767;
    }
    return Uint8Array.from(this.#encoder.encode(this.#pcm));
  }
}
