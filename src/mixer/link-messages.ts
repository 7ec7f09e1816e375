/** The messages between server and mixer process, beside media. Both ends always have the same version. */
import type { EncoderWish } from '../ffmpeg/hardware-encoders.ts';
import type { Annotation } from '../layout/annotation.ts';
import type { Layout } from '../layout/layout.ts';
import type { VideoConfig } from '../media/codec.ts';
import type { TrackSource, TrackState, TrackTarget } from '../room/track.ts';

/** Form of the program and the origin of its time. */
export interface ProgramOptions {
  readonly width: number;
  readonly height: number;
  readonly framerate: number;
  readonly videoKbit: number;
  readonly audioKbit: number;
  readonly preset: string;
  readonly gopFrames: number;
  /** Frames of a part of the stream, into which every picture has to fit; default any. */
  readonly partFrames?: number;
  readonly maxPixels: number;
  readonly ffmpegPath: string;
  /** Takes over from x264 when it has passed a test; default x264. */
  readonly wishedEncoder?: EncoderWish;
  /** Whether the program may become cheaper while the machine is too slow for it; default true. */
  readonly degrade?: boolean;
  /** Machine-wide monotonic milliseconds of program time zero. */
  readonly originMs: number;
  /** Wall-clock milliseconds of program time zero. */
  readonly originWallMs: number;
}

/** What can change about somebody in the room. */
export interface MemberState {
  /** The room's id of the participant, as layouts name them. */
  readonly id: string;
  readonly name: string;
  readonly host: boolean;
  /** A host silenced them: they are in nobody's sound. */
  readonly silenced: boolean;
  /** Change of loudness, decibels, -30 to 12. */
  readonly gainDb: number;
  /** Their connection was cut and may come back. */
  readonly detached: boolean;
  /** Their hand is up, and they are there to be called. */
  readonly hand: boolean;
  /** Not to be kept in the recording that runs: no picture and no sound of theirs is in the program; the room hears them. */
  readonly withheld: boolean;
}

/** Server to mixer. Participants and tracks are known by numbers that are never used twice in a session. */
export type ToMixer =
  | { readonly type: 'start'; readonly program: ProgramOptions }
  | { readonly type: 'join'; readonly participant: number; readonly state: MemberState; readonly listening: number }
  /** `listening`: the number of this time that they listen, which all its packets carry as their `config`; 0: they do not. */
  | { readonly type: 'listens'; readonly participant: number; readonly listening: number }
  | { readonly type: 'member'; readonly participant: number; readonly state: MemberState }
  | { readonly type: 'leave'; readonly participant: number }
  | {
      readonly type: 'track';
      readonly participant: number;
      readonly track: number;
      /** The participant's own number for it, as layouts name it. */
      readonly number: number;
      readonly kind: 'video' | 'audio';
      readonly source: TrackSource;
      readonly state: TrackState;
    }
  | { readonly type: 'track-state'; readonly track: number; readonly state: TrackState }
  | { readonly type: 'config'; readonly track: number; readonly id: number; readonly config: VideoConfig }
  | { readonly type: 'untrack'; readonly track: number }
  | { readonly type: 'room'; readonly title: string; readonly layout: Layout; readonly annotation: Annotation }
  /** A still picture (PNG, JPEG or WebP, base64) or none: the room's logo or background, or a participant's avatar. */
  | { readonly type: 'image'; readonly slot: ImageSlot; readonly data: string | undefined }
  /** Whether the small rendition is wanted by anybody. */
  | { readonly type: 'low'; readonly wanted: boolean }
  /** To be answered with the same once everything before it is in force. */
  | { readonly type: 'echo'; readonly id: number };

/** A track's age in the program. */
export interface LinkAge {
  readonly participant: number;
  readonly track: number;
  readonly ms: number;
}

/** Where a still picture belongs. A number: the avatar of that participant. */
export type ImageSlot = 'logo' | 'background' | number;

/** Mixer to server. */
export type FromMixer =
  | { readonly type: 'started' }
  | { readonly type: 'echo'; readonly id: number }
  /** `description`: an AVCDecoderConfigurationRecord, base64. Higher `run`: another encoder, its packets do not continue. */
  | {
      readonly type: 'video-config';
      readonly rendition: 'full' | 'low';
      readonly run: number;
      readonly description: string;
      /** Pixels of the coded picture, and program frames of each of its pictures: 1, or more at a reduced rate. */
      readonly width: number;
      readonly height: number;
      readonly frameStep: number;
    }
  | { readonly type: 'audio-config'; readonly run: number; readonly description: string }
  | { readonly type: 'target'; readonly track: number; readonly target: TrackTarget }
  | { readonly type: 'keyframe'; readonly track: number }
  | { readonly type: 'refused'; readonly track: number; readonly code: string; readonly message: string }
  /** Who is heard (participants' numbers), and who of them holds the floor; said when it changes. */
  | { readonly type: 'speaking'; readonly participants: readonly number[]; readonly speaker: number | undefined }
  /** The program was made cheaper or better again because of the machine's load; see degrade-ladder.ts. */
  | { readonly type: 'degraded'; readonly step: number; readonly reason: string }
  | { readonly type: 'stats'; readonly stats: MixerStats }
  /** How old each track is in the program, by the capture times of its packets: the mean of the last second, milliseconds. */
  | { readonly type: 'ages'; readonly ages: readonly LinkAge[] }
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
  /** How late each frame since the last report was begun, milliseconds after it was due. */
  readonly latenessMs: readonly number[];
  /** Step of the degrade ladder, 0: everything as ordered. */
  readonly step: number;
  /** Name of the video encoder in use, for example libx264. */
  readonly encoder: string;
}

/** Channels of program media from the mixer; a listener's return sound is `returnBase` + participant number. */
export const MIXER_CHANNEL = { video: 0, audio: 1, low: 2, returnBase: 16 } as const;
