/** The tracks a participant publishes: announced on every connection, attached when the server knows them, ended with it. */
import type { FlowVerdict } from '../../src/protocol/flow/acked-rate-controller.ts';
import type { PublishMessage, RosterEntry, ServerMessage } from '../../src/protocol/messages.ts';
import { SecondTries, type TriesClock } from '../../src/protocol/second-tries.ts';
import { later } from '../util/later.ts';
import { trackWords } from '../util/track-words.ts';
import { OutgoingTrack, type TrackSocket, type TrackWishes } from './outgoing-track.ts';

/** What the server says of a picture that a host has stopped: only its owner opens it again. */
const VIDEO_STOPPED = 'video_stopped';

/** The sockets of one connection. */
export interface TrackSockets {
  readonly control: TrackSocket;
  readonly video: TrackSocket;
}

/** How what is published gets through. */
export interface SendingLine {
  /** The worst of all tracks. */
  readonly verdict: FlowVerdict;
  /** From the socket to the acknowledgement, milliseconds; of a picture when there is one. */
  readonly ackMs: number | undefined;
  /** Pictures that were not made because the way was not free, as long as their tracks have been there. */
  readonly heldBack: number;
}

/** Lives as long as the stay; connections come and go. `nowMs` is the page's monotonic clock. */
export class PublishedTracks {
  readonly #nowMs: () => number;
  readonly #tracks = new Map<number, OutgoingTrack>();
  /** Answers to `publish` that are still to come, by track: after a quick off and on again only the last one counts. */
  readonly #unanswered = new Map<number, number>();
  /** Why the server has ended tracks that are still in the roster, by track. */
  readonly #endings = new Map<number, string>();
  readonly #tries: SecondTries<OutgoingTrack>;
  #sockets: TrackSockets | undefined;
  #participant = '';

  constructor(nowMs: () => number, after: TriesClock['after'] = later) {
    this.#nowMs = nowMs;
    this.#tries = new SecondTries({ monotonicMs: nowMs, after });
  }

  /**
   * Announces a track now and on each connection to come, until `unpublish`; and again after a while when the server gave it up for
   * a reason that may pass.
   */
  publish(publication: Omit<PublishMessage, 'type'>, wishes: TrackWishes): OutgoingTrack {
    const track = new OutgoingTrack({ type: 'publish', ...publication }, wishes);
    this.#tracks.set(publication.track, track);
    this.#announce(track);
    return track;
  }

  /** Ends a track; does nothing when another took its number. */
  unpublish(track: OutgoingTrack): void {
    const number = track.publication.track;
    if (this.#tracks.get(number) !== track) return;
    this.#tracks.delete(number);
    this.#tries.forget(track);
    track.detach();
    this.#socketOf(track)?.sendMessage({ type: 'unpublish', track: number });
  }

  /** A connection is up: everything is announced on it. */
  connected(sockets: TrackSockets, participant: string): void {
    this.#sockets = sockets;
    this.#participant = participant;
    this.#unanswered.clear();
    this.#endings.clear();
    for (const track of this.#tracks.values()) this.#announce(track);
  }

  /** The connection is gone. */
  disconnected(): void {
    this.#sockets = undefined;
    this.#tries.pause();
    for (const track of this.#tracks.values()) track.detach();
  }

  /** Whether frames go out and nothing of a track has been acknowledged for too long: the connection is of no use. */
  get dead(): boolean {
    return [...this.#tracks.values()].some((track) => track.attached && track.flow.isDead(this.#nowMs()));
  }

  /** How everything that is published gets through; undefined while nothing is. */
  get line(): SendingLine | undefined {
    const tracks = [...this.#tracks.values()].filter((track) => track.attached);
    if (tracks.length === 0) return undefined;
    const verdicts = new Set(tracks.map((track) => track.flow.verdict(this.#nowMs())));
    const pictures = tracks.filter((track) => track.publication.kind === 'video');
    return {
      verdict: verdicts.has('stalled') ? 'stalled' : verdicts.has('limited') ? 'limited' : 'good',
      ackMs: (pictures[0] ?? tracks[0])?.flow.ackMs,
      heldBack: pictures.reduce((sum, track) => sum + track.heldBack, 0),
    };
  }

  /** Takes what concerns tracks; returns whether an `error` did. */
  receive(message: ServerMessage): boolean {
    if (message.type === 'roster') this.#check(message.participants);
    if (!('track' in message) || message.track === undefined) return false;
    // Counted also when the track is gone: the next of its number waits for its own answer.
    const answered = this.#isAnswer(message, message.track) && this.#answered(message.track);
    const track = this.#tracks.get(message.track);
    if (!track) return false;
    switch (message.type) {
      case 'published':
        if (answered) this.#attach(track);
        break;
      case 'target':
        track.wishes.target(message);
        break;
      case 'keyframe':
        track.wishes.keyframe();
        break;
      case 'ack':
        track.flow.acked(message.seq, message.receivedMs, this.#nowMs());
        break;
      case 'error':
        track.remark = trackWords(message.code, message.message);
        // Announcing everything anew after a cut must not undo what a host did meanwhile.
        if (message.ended && message.code === VIDEO_STOPPED && this.#waits(message.track)) this.#withdraw(track);
        else if (message.ended && !this.#waits(message.track)) this.#endings.set(message.track, message.code);
        if (answered) this.#onRefusal(track, message.code);
        return true;
      default:
        break;
    }
    return false;
  }

  /** Or else it is a remark, also that a track of this number ended: whether one goes on, the roster says. */
  #isAnswer(message: ServerMessage, track: number): boolean {
    if (message.type === 'published') return true;
    return message.type === 'error' && message.ended !== true && this.#waits(track);
  }

  #onRefusal(track: OutgoingTrack, code: string): void {
    // After a resume the server still knows the track.
    if (code === 'track_exists') this.#attach(track);
    else this.#onEnd(track, code);
  }

  #onEnd(track: OutgoingTrack, code: string): void {
    track.detach();
    const { wishes, remark } = track;
    const next = wishes.waits && this.#tries.ended(track, code, () => this.#announce(track));
    if (next) {
      wishes.waits?.({ ...next, why: remark });
      return;
    }
    this.#tries.forget(track);
    track.refuse();
  }

  #withdraw(track: OutgoingTrack): void {
    this.unpublish(track);
    track.refuse();
  }

  /** The server may end a track by itself; then it is missing in the roster. */
  #check(participants: readonly RosterEntry[]): void {
    const self = participants.find((entry) => entry.id === this.#participant);
    if (!self) return;
    for (const [number, track] of this.#tracks) {
      const known = self.tracks.some((entry) => entry.track === number);
      if (!known && track.attached && !this.#waits(number)) this.#onEnd(track, this.#endings.get(number) ?? '');
    }
  }

  #announce(track: OutgoingTrack): void {
    const socket = this.#socketOf(track);
    if (!socket) return;
    const number = track.publication.track;
    this.#endings.delete(number);
    this.#unanswered.set(number, (this.#unanswered.get(number) ?? 0) + 1);
    socket.sendMessage(track.publication);
  }

  #attach(track: OutgoingTrack): void {
    const socket = this.#socketOf(track);
    if (!socket) return;
    track.attach(socket);
    this.#tries.taken(track, () => track.wishes.lasts?.());
  }

  #waits(number: number): boolean {
    return (this.#unanswered.get(number) ?? 0) > 0;
  }

  /** An answer for a track came; whether it was the last one missing. */
  #answered(number: number): boolean {
    this.#unanswered.set(number, Math.max(0, (this.#unanswered.get(number) ?? 0) - 1));
    return !this.#waits(number);
  }

  /** All of a track goes one way, so that nothing of it overtakes anything. */
  #socketOf(track: OutgoingTrack): TrackSocket | undefined {
    return track.publication.kind === 'video' ? this.#sockets?.video : this.#sockets?.control;
  }
}
