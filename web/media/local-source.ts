/** One thing this person sends: what the browser captures, and what the others should know of it. */
import type { PublishMessage, TrackStateName } from '../../src/protocol/messages.ts';

/** Numbers on the wire, one for each thing a person can send at a time. */
export const SOURCE_TRACK = {
  microphone: 0,
  camera: 1,
  screen: 2,
  fileSound: 3,
  filePicture: 4,
  screenSound: 5,
} as const;

/** Named by its number: other media under the same number replace what is sent without ending the track. */
export interface LocalSource {
  readonly track: (typeof SOURCE_TRACK)[keyof typeof SOURCE_TRACK];
  readonly source: PublishMessage['source'];
  /** Its owner stops it; whoever sends it must not. */
  readonly media: MediaStreamTrack;
  readonly state: TrackStateName;
  /** What an encoder has to spare: movement or sharp edges, a voice or everything one can hear. */
  readonly content: 'motion' | 'detail' | 'voice' | 'music';
}
