/** How sound is encoded. */
import type { SourceContent } from './picture-settings.ts';

/** Samples a second of everything that is sent. */
export const SOUND_RATE = 48000;
/** Length of a packet, microseconds. */
export const SOUND_FRAME_US = 20_000;

const VOICE_BITRATE = 32_000;
const MUSIC_BITRATE = 96_000;

/** One channel for a voice, two for everything else. */
export function soundChannels(content: SourceContent): 1 | 2 {
  return content === 'music' ? 2 : 1;
}

/** Opus in packets of 20 ms: speech at 32 kbit/s, music at 96. TCP loses nothing, so nothing is spent on repairing losses. */
export function opusConfig(channels: 1 | 2, content: SourceContent): AudioEncoderConfig {
  const music = content === 'music';
  return {
    codec: 'opus',
    sampleRate: SOUND_RATE,
    numberOfChannels: channels,
    bitrate: music ? MUSIC_BITRATE : VOICE_BITRATE,
    opus: {
      application: music ? 'audio' : 'voip',
      signal: music ? 'music' : 'voice',
      frameDuration: SOUND_FRAME_US,
      complexity: 5,
      usedtx: false,
      useinbandfec: false,
    },
  };
}
