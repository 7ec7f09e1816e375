/** Codec configurations as data. Browser-safe: imports nothing. */

/**
 * H.264. `annexb`: start codes, parameter sets in each key frame. `avc`: 4-byte lengths, parameter sets in `description`
 * (an AVCDecoderConfigurationRecord, ISO/IEC 14496-15 section 5.3.3.1).
 */
export interface H264Config {
  readonly codec: 'h264';
  readonly format: 'annexb' | 'avc';
  /** RFC 6381, for example `avc1.42E01F`. */
  readonly codecString: string;
  readonly description?: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** Frames per second. */
  readonly framerate: number;
}

/** VP8 (RFC 6386): every key frame carries its size. */
export interface Vp8Config {
  readonly codec: 'vp8';
  readonly codecString: 'vp8';
  readonly width: number;
  readonly height: number;
  readonly framerate: number;
}

/** Opus (RFC 6716), always 48 kHz on the wire. */
export interface OpusConfig {
  readonly codec: 'opus';
  readonly codecString: 'opus';
  readonly sampleRate: 48000;
  readonly channels: 1 | 2;
}

/** AAC-LC; `description` is the AudioSpecificConfig (ISO/IEC 14496-3 section 1.6.2.1). */
export interface AacConfig {
  readonly codec: 'aac';
  readonly codecString: 'mp4a.40.2';
  readonly description: Uint8Array;
  readonly sampleRate: number;
  readonly channels: 1 | 2;
}

/** What a participant may send as video. */
export type VideoConfig = H264Config | Vp8Config;

/** Any of them; told apart by `codec`. */
export type CodecConfig = VideoConfig | OpusConfig | AacConfig;
