/** Somebody in a room. */
import type { SignalKind } from '../protocol/messages.ts';
import type { Track } from './track.ts';

/** What somebody may do in a room. */
export type ParticipantRole = 'host' | 'participant';

/** Something that is wrong with what somebody sends, as their own client noticed. */
export interface Signal {
  readonly kind: SignalKind;
  /** Their own number of the track; undefined when it is no single one. */
  readonly track: number | undefined;
}

/** Somebody in a room. Kept while their connection is interrupted for a short time. */
export interface Participant {
  readonly id: string;
  name: string;
  readonly role: ParticipantRole;
  readonly tracks: Map<number, Track>;
  /** A host silenced them. */
  silenced: boolean;
  /** Change of their loudness, decibels, -30 to 12. */
  gainDb: number;
  /** Their connection was cut and may come back. */
  detached: boolean;
  /** Shown while they have no picture: PNG, JPEG or WebP. */
  avatar: Uint8Array | undefined;
  /** Set by `Room.setSignal`. */
  signals: readonly Signal[];
  /**
   * By how much the capture times of their packets are later than the truth, milliseconds: the first frame, which ties their
   * clock to ours, was on its way for so long. Undefined until they have told their own clock.
   */
  clockAheadMs: number | undefined;
  /** Their hand is up: the smaller, the longer; undefined: it is down. Set by `Room.setHand`. */
  hand: number | undefined;
  /** Tells their browser again, with whatever token; undefined: it has not said. */
  clientKey: string | undefined;
  /** Names the token that they came with; undefined: not known. */
  tokenId: string | undefined;
  /** What they said to being recorded; undefined: nothing yet. */
  consent: boolean | undefined;
  /** A recording runs that may not have them: the program shows a placeholder for them and is without their sound. */
  withheld: boolean;
}

/** Somebody who is about to join. */
export function createParticipant(id: string, name: string, role: ParticipantRole = 'participant'): Participant {
  return {
    id,
    name,
    role,
    tracks: new Map(),
    silenced: false,
    gainDb: 0,
    detached: false,
    avatar: undefined,
    signals: [],
    clockAheadMs: undefined,
    hand: undefined,
    clientKey: undefined,
    tokenId: undefined,
    consent: undefined,
    withheld: false,
  };
}

/** What of a participant can be changed while they are here. */
export type ParticipantChange = Partial<
  Pick<Participant, 'name' | 'silenced' | 'gainDb' | 'detached' | 'avatar' | 'hand' | 'consent' | 'withheld'>
>;
