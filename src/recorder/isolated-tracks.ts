/** What participants sent themselves, as a session's folder keeps it: what there is, and its packets. */
import type { OpusConfig, VideoConfig } from '../media/codec.ts';
import type { TrackSource } from '../room/track.ts';

/** One participant's own track, of one codec. Times are milliseconds of the session. */
export interface IsolatedTrack {
  /** Counts from 0 in the session. */
  readonly id: number;
  readonly participant: string;
  /** Of the participant when the track began. */
  readonly name: string;
  readonly source: TrackSource;
  readonly kind: 'video' | 'audio';
  readonly codec: 'h264' | 'vp8' | 'opus';
  /** Capture time of the first packet. */
  readonly fromMs: number;
  /** End of the last packet. */
  readonly toMs: number;
  /** Of the first picture; undefined for sound. */
  readonly width?: number;
  readonly height?: number;
}

/** One packet of it. */
export interface IsolatedPacket {
  /** Capture time, milliseconds of the session, rising. */
  readonly ms: number;
  /** 0 when its sender did not say. */
  readonly durationMs: number;
  readonly keyframe: boolean;
  /** The same object until it changes. */
  readonly config: VideoConfig | OpusConfig;
  readonly data: Uint8Array;
}

/** All tracks of a session in the order they began, without those of which nothing can be read; none when none were kept. */
export async function listIsolatedTracks(_sessionFolder: string): Promise<readonly IsolatedTrack[]> {
  return [];
}

/** The packets of a track up to the end, or to where its file is damaged; none when there is no such track. */
export async function* readIsolatedPackets(_sessionFolder: string, _id: number): AsyncGenerator<IsolatedPacket> {
  yield* [];
}
