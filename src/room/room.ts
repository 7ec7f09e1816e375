/** A room: who is in it, in which order, and what they publish. */
import { ConflictError, ForbiddenError, LimitError } from '../errors.ts';
import { Emitter } from '../util/emitter.ts';
import type { Track } from './track.ts';

/** What somebody may do in a room. */
export type ParticipantRole = 'host' | 'participant';

/** Somebody in a room. Kept over short cuts of their connection. */
export interface Participant {
  readonly id: string;
  name: string;
  readonly role: ParticipantRole;
  readonly tracks: Map<number, Track>;
}

type RoomEvents = {
  joined: Participant;
  left: Participant;
  renamed: Participant;
  trackAdded: { readonly participant: Participant; readonly track: Track };
  trackRemoved: { readonly participant: Participant; readonly track: Track };
  /** Title or recording state changed. */
  changed: undefined;
  /** Deleted: everybody leaves. */
  ended: undefined;
};

/** Ceilings of one room. */
export interface RoomLimits {
  readonly maxParticipants: number;
  readonly maxTracksPerParticipant: number;
}

/** The oldest ban is forgotten beyond this: ids of guests are never used again anyway. */
const MAX_BANNED = 1000;

/** Participants stand in the order they joined; the grid follows it. */
export class Room {
  readonly id: string;
  readonly events = new Emitter<RoomEvents>();
  readonly createdAt: Date;
  readonly #limits: RoomLimits;
  readonly #participants = new Map<string, Participant>();
  readonly #banned = new Set<string>();
  #title: string;
  #recording = false;
  #ended = false;

  constructor(options: { id: string; title: string; createdAt: Date; limits: RoomLimits }) {
    this.id = options.id;
    this.#title = options.title;
    this.createdAt = options.createdAt;
    this.#limits = options.limits;
  }

  get title(): string {
    return this.#title;
  }

  set title(title: string) {
    this.#title = title;
    this.events.emit('changed', undefined);
  }

  /** Whether what is seen and heard is being kept. */
  get recording(): boolean {
    return this.#recording;
  }

  set recording(recording: boolean) {
    if (recording === this.#recording) return;
    this.#recording = recording;
    this.events.emit('changed', undefined);
  }

  get ended(): boolean {
    return this.#ended;
  }

  get participants(): readonly Participant[] {
    return [...this.#participants.values()];
  }

  find(participantId: string): Participant | undefined {
    return this.#participants.get(participantId);
  }

  /** @throws LimitError `room_full`, ConflictError `room_ended`, ForbiddenError `removed`. */
  join(participant: Participant): void {
    if (this.#ended) throw new ConflictError('room_ended', 'This room has ended.');
    if (this.#banned.has(participant.id)) {
      throw new ForbiddenError('A host has removed you from this room; ask them for another invite.', 'removed');
    }
    if (this.#participants.size >= this.#limits.maxParticipants) {
      throw new LimitError(
        'room_full',
        `The room holds at most ${this.#limits.maxParticipants} people; try again when somebody has left, or watch it instead.`,
        503,
      );
    }
    this.#participants.set(participant.id, participant);
    this.events.emit('joined', participant);
  }

  /** Removes a participant and closes their streams; does nothing when they are gone already. */
  leave(participantId: string): void {
    const participant = this.#participants.get(participantId);
    if (!participant) return;
    for (const track of [...participant.tracks.values()]) this.removeTrack(participant, track.number);
    this.#participants.delete(participantId);
    this.events.emit('left', participant);
  }

  /** Whoever comes with this id is refused while the room exists. Only a token with an identity brings the same id again. */
  ban(participantId: string): void {
    this.#banned.add(participantId);
    if (this.#banned.size > MAX_BANNED) this.#banned.delete([...this.#banned][0] ?? '');
  }

  rename(participant: Participant, name: string): void {
    participant.name = name;
    this.events.emit('renamed', participant);
  }

  /** @throws ConflictError `track_exists`, LimitError `too_many_tracks`. */
  addTrack(participant: Participant, track: Track): void {
    if (participant.tracks.has(track.number)) {
      throw new ConflictError('track_exists', `Track ${track.number} is published already; unpublish it first.`);
    }
    if (participant.tracks.size >= this.#limits.maxTracksPerParticipant) {
      throw new LimitError(
        'too_many_tracks',
        `A participant publishes at most ${this.#limits.maxTracksPerParticipant} tracks; unpublish one first.`,
      );
    }
    participant.tracks.set(track.number, track);
    this.events.emit('trackAdded', { participant, track });
  }

  /** Ends a track and its stream; does nothing when it is gone already. */
  removeTrack(participant: Participant, number: number): void {
    const track = participant.tracks.get(number);
    if (!track) return;
    participant.tracks.delete(number);
    track.stream.close();
    this.events.emit('trackRemoved', { participant, track });
  }

  /** Ends the room for everybody. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.events.emit('ended', undefined);
    for (const participant of this.participants) this.leave(participant.id);
  }
}
