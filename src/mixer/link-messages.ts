/** What server and mixer process say to each other beside media. Both ends are ours and of one version. */
import type { VideoConfig } from '../media/codec.ts';
import type { TrackTarget } from '../room/track.ts';

/** Form of the program and the origin of its time. */
export interface ProgramOptions {
  readonly width: number;
  readonly height: number;
  readonly framerate: number;
  readonly videoKbit: number;
  readonly audioKbit: number;
  readonly preset: string;
  readonly gopFrames: number;
  readonly maxPixels: number;
  readonly ffmpegPath: string;
  /** Machine-wide monotonic milliseconds of program time zero. */
  readonly originMs: number;
  /** Wall-clock milliseconds of program time zero. */
  readonly originWallMs: number;
}

/** Server to mixer. Participants and tracks are known by numbers that are never used twice in a session. */
export type ToMixer =
  | { readonly type: 'start'; readonly program: ProgramOptions }
  | { readonly type: 'join'; readonly participant: number; readonly name: string; readonly listens: boolean }
  | { readonly type: 'listens'; readonly participant: number; readonly listens: boolean }
  | { readonly type: 'rename'; readonly participant: number; readonly name: string }
  | { readonly type: 'leave'; readonly participant: number }
  | {
      readonly type: 'track';
      readonly participant: number;
      readonly track: number;
      readonly kind: 'video' | 'audio';
    }
  | { readonly type: 'config'; readonly track: number; readonly id: number; readonly config: VideoConfig }
  | { readonly type: 'untrack'; readonly track: number };

/** Mixer to server. */
export type FromMixer =
  | { readonly type: 'started' }
  /** `description`: an AVCDecoderConfigurationRecord, base64. Higher `run`: another encoder, its packets do not continue. */
  | { readonly type: 'video-config'; readonly run: number; readonly description: string }
  | { readonly type: 'audio-config'; readonly run: number; readonly description: string }
  | { readonly type: 'target'; readonly track: number; readonly target: TrackTarget }
  | { readonly type: 'keyframe'; readonly track: number }
  | { readonly type: 'refused'; readonly track: number; readonly code: string; readonly message: string }
  | { readonly type: 'stats'; readonly stats: MixerStats }
  | {
      readonly type: 'log';
      readonly level: 'info' | 'warn' | 'error';
      readonly message: string;
      readonly fields: object;
    };

/** Counters since the process began. */
export interface MixerStats {
  readonly frames: number;
  /** Program frames that were composed more than one frame time late. */
  readonly lateFrames: number;
  /** Program frames that were left out because the machine was too slow for seconds. */
  readonly skippedFrames: number;
  readonly tiles: number;
}

/** Channels of program media from the mixer; a listener's return sound is `returnBase` + participant number. */
export const MIXER_CHANNEL = { video: 0, audio: 1, returnBase: 16 } as const;
