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
/** RFC 6716 section 3.1: the bit of the first byte that says stereo. */
const STEREO_BIT = 4;
/**
 * Costs a third less than the highest and differs in nothing that speech shows; below it the pitch filter is off, which voices
 * need. Measured figures are in ARCHITECTURE.md.
 */
const COMPLEXITY = 5;
/** Speech and mono music lose nothing at this share of the bit rate, because two equal channels cost bits as well. */
const MONO_SHARE = 0.625;

/**
 * So many packets a stereo decoder gets that takes the place of a mono one: packets tell differences, and one that knows nothing of those
 * before is too soft, or too loud, for as long.
 */
const REPLAYED = 5;

/** What a packet held. */
export interface DecodedSound {
  /** Interleaved if stereo; valid until the next packet is decoded. */
  readonly samples: Float32Array;
  readonly channels: 1 | 2;
}

/** Packets to floats (-1…1). */
export class OpusDecoder {
  #channels: 1 | 2;
  #decoder: Decoder | undefined;
  /** The newest packets of a mono decoder, oldest first. */
  readonly #recent: Uint8Array[] = [];
  readonly #samples = new Float32Array(MAX_PACKET_FRAMES * CHANNELS);

  /** @param channels 2: stereo, whatever comes; 1: mono, which costs a sixth less, until stereo comes, and stereo from then on. */
  constructor(channels: 1 | 2 = CHANNELS) {
    this.#channels = channels;
  }

  /** Samples that stay valid. @throws MediaFormatError when the packet is no Opus. */
  decode(packet: Uint8Array): Float32Array {
    return this.decodeInPlace(packet).samples.slice();
  }

  /** Without a copy. @throws MediaFormatError when the packet is no Opus. */
  decodeInPlace(packet: Uint8Array): DecodedSound {
    // A stereo decoder also takes mono packets and gives them on both channels (RFC 6716 section 4.5.1).
    const stereo = this.#channels === CHANNELS || ((packet[0] ?? 0) & STEREO_BIT) !== 0;
    const channels = stereo ? CHANNELS : 1;
    let decoder = channels === this.#channels ? this.#decoder : undefined;
    let bytes: Uint8Array;
    try {
      decoder ??= this.#begin(channels);
      bytes = decoder.decode(packet);
    } catch (error) {
      throw new MediaFormatError(`The sound is no Opus packet: ${String(error)}.`);
    }
    this.#channels = channels;
    this.#decoder = decoder;
    this.#remember(packet, channels);
    const pcm = new Int16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 2);
    const { length } = pcm;
    if (length > MAX_PACKET_FRAMES * channels) throw new MediaFormatError('An Opus packet holds at most 120 ms.');
    const samples = this.#samples.subarray(0, length);
    for (let index = 0; index < length; index += 1) samples[index] = (pcm[index] as number) / 32768;
    return { samples, channels };
  }

  #remember(packet: Uint8Array, channels: 1 | 2): void {
    if (channels === CHANNELS) this.#recent.length = 0;
    else if (this.#recent.push(packet) > REPLAYED) this.#recent.shift();
  }

  #begin(channels: 1 | 2): Decoder {
    const decoder = new Decoder({ channels, sample_rate: SAMPLE_RATE });
    for (const packet of this.#recent) decoder.decode(packet);
    return decoder;
  }
}

/** Blocks of interleaved stereo floats (-1…1) to packets of 20 ms. */
export class OpusEncoder {
  // The other kinds choose between codecs that differ by several times in cost, and delay by 4 ms more.
  readonly #encoder = new Encoder({
    channels: CHANNELS,
    sample_rate: SAMPLE_RATE,
    application: 'restricted_lowdelay',
  });
  readonly #pcm = new Int16Array(BLOCK_FRAMES * CHANNELS);
  readonly #bitrate: number;
  #mono = false;

  /** @param bitrate bits per second of a stereo block. */
  constructor(bitrate: number) {
    this.#bitrate = bitrate;
    this.#encoder.complexity = COMPLEXITY;
    this.#encoder.bitrate = bitrate;
  }

  /** Whether only the mean of both channels is coded; may change from packet to packet. */
  set mono(mono: boolean) {
    if (mono === this.#mono) return;
    this.#mono = mono;
    this.#encoder.force_channels = mono ? 1 : 2;
    this.#encoder.bitrate = mono ? this.#bitrate * MONO_SHARE : this.#bitrate;
  }

  /**
   * A packet that stays valid: the encoder's own buffer is reused, so this is a copy. `independent`: it tells no levels as
   * differences from the packet before, so that a receiver who had another encoder's decodes it right.
   */
  encode(block: Float32Array, independent = false): Uint8Array {
    const pcm = this.#pcm;
    for (let index = 0; index < pcm.length; index += 1) {
      const value = (block[index] as number) * 32767;
      pcm[index] = value > 32767 ? 32767 : value < -32767 ? -32767 : Math.round(value);
    }
    if (!independent) return this.#encoder.encode(pcm).slice();
    this.#encoder.prediction_disabled = true;
    const packet = this.#encoder.encode(pcm).slice();
    this.#encoder.prediction_disabled = false;
    return packet;
  }

  /** Forgets all sound that was encoded. */
  reset(): void {
    this.#encoder.reset();
  }
}
