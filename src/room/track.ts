/** One track of a participant: packets to its readers, and requests of the mixer back to its sender. */
import type { OpusConfig, VideoConfig } from '../media/codec.ts';
import { Stream } from '../media/stream.ts';
import { Emitter } from '../util/emitter.ts';

/** Where a track's content comes from. */
export type TrackSource = 'mic' | 'camera' | 'screen' | 'file';

/** `paused`: the sender holds a film or a picture on purpose; `muted`: the sender's own microphone switch. */
export type TrackState = 'live' | 'paused' | 'muted';

/** Largest picture the mixer can use at the moment. */
export interface TrackTarget {
  readonly width: number;
  readonly height: number;
  readonly framerate: number;
  /** Bits per second. */
  readonly maxBitrate: number;
}

type TrackEvents = {
  /** The mixer needs a key frame to go on. */
  keyframeWanted: undefined;
  target: TrackTarget;
  /** The mixer gave the track up; the sender is told why. */
  refused: { readonly code: string; readonly message: string };
};

/** Ticks per second of a participant's streams: capture time in microseconds. */
export const TRACK_TIMESCALE = 1_000_000;

// A 4 s key frame interval at 60 fps, with room; beyond it a late decoder waits for the next key frame.
const REPLAY = { maxItems: 300, maxBytes: 8 * 1024 * 1024 };

// What the program is behind by at most, and some of the line: a recording that begins keeps what is heard in its first moment.
const SOUND_HISTORY = 15;

interface TrackBase {
  /** The participant's own number for it, 0–15. */
  readonly number: number;
  readonly source: TrackSource;
  /** As its sender says; set by `Room.setTrackState`. */
  state: TrackState;
  /** Counts the tracks of its room; 0 before it is in one. */
  since: number;
  /** How long frames take from capture to here by the capture times of their packets, smoothed; undefined before the first. */
  transitMs: number | undefined;
  readonly events: Emitter<TrackEvents>;
}
/** A picture. */
export interface VideoTrack extends TrackBase {
  readonly kind: 'video';
  readonly stream: Stream<VideoConfig>;
}
/** A sound. */
export interface AudioTrack extends TrackBase {
  readonly kind: 'audio';
  readonly stream: Stream<OpusConfig>;
}
/** Told apart by `kind`. */
export type Track = VideoTrack | AudioTrack;

/** A track with an open, empty stream. `label` is for logs. */
export function createTrack(number: number, kind: Track['kind'], source: TrackSource, label: string): Track {
  const events = new Emitter<TrackEvents>();
  if (kind === 'audio') {
    return {
      kind,
      number,
      source,
      state: 'live',
      since: 0,
      transitMs: undefined,
      events,
      stream: new Stream<OpusConfig>({ label, timescale: TRACK_TIMESCALE, history: SOUND_HISTORY }),
    };
  }
  const stream = new Stream<VideoConfig>({ label, timescale: TRACK_TIMESCALE, replay: REPLAY });
  return { kind, number, source, state: 'live', since: 0, transitMs: undefined, events, stream };
}
