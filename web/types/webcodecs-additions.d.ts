/** What browsers have of WebCodecs beyond TypeScript's library; absent members are ignored by those that lack them. */

interface VideoFrame {
  /** Degrees clockwise, 0, 90, 180 or 270 (Chromium 138 and later). */
  readonly rotation?: number;
  /** Mirrored, before it is turned. */
  readonly flip?: boolean;
}

interface OpusEncoderConfig {
  application?: 'voip' | 'audio' | 'lowdelay';
  signal?: 'auto' | 'music' | 'voice';
}
