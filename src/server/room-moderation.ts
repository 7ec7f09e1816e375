/** What hosts do about the people of a room: done at once, stored where it has to last, told to whom it concerns, and recorded. */
import { randomBytes } from 'node:crypto';
import type { BanView, ModerationControl, Moderator } from '../api/moderation-port.ts';
import type { ParticipantView, PersonChange } from '../api/ports.ts';
import { NotFoundError } from '../errors.ts';
import type { EventPerson, EventSink, EventValue } from '../events/event.ts';
import type { EventType } from '../events/event-types.ts';
import type { ToldWhat } from '../protocol/moderation.ts';
import type { BanStore } from '../room/ban-store.ts';
import type { KeptOutEntry } from '../room/kept-out.ts';
import type { Participant } from '../room/participant.ts';
import type { Room } from '../room/room.ts';
import type { Clock } from '../util/clock.ts';
import { actingPerson, personOf, toldName } from './acting-person.ts';
import { participantView } from './room-views.ts';

/** Rooms, as far as it matters here. */
export interface ModeratedRooms {
  room(id: string): Room | undefined;
  /** Closes their sockets, and takes them out of the room. */
  expel(room: string, participant: string): void;
  /** Closes everybody's sockets and ends the session. */
  endSession(room: string, reason: string): Promise<void>;
}

/** Options. */
export interface RoomModerationOptions {
  readonly rooms: ModeratedRooms;
  readonly store: BanStore;
  readonly events: EventSink;
  readonly clock: Clock;
}

interface About {
  readonly room: Room;
  readonly actor: EventPerson;
}

/** Nothing to close. */
export class RoomModeration implements ModerationControl {
  readonly #options: RoomModerationOptions;

  constructor(options: RoomModerationOptions) {
    this.#options = options;
  }

  /** Brings back who is kept out of the rooms. */
  async load(): Promise<void> {
    for (const { room, entry } of await this.#options.store.list()) this.#options.rooms.room(room)?.keptOut.add(entry);
  }

  change(id: string, participantId: string, change: PersonChange, by: Moderator): ParticipantView {
    const about = this.#about(id, by);
    const { room } = about;
    const participant = existing(room, participantId);
    const { name: before, silenced, hand, gainDb } = participant;
    const { name, muted, gain, stopVideo, hand: raised } = change;
    room.change(participant, {
      ...(name !== undefined && { name }),
      ...(muted !== undefined && { silenced: muted }),
      ...(gain !== undefined && { gainDb: gain }),
    });
    if (name !== undefined && name !== before) {
      this.#tell(about, participant, 'renamed');
      this.#record(about, 'participant.renamed', participant, { before, name });
    }
    if (muted !== undefined && muted !== silenced) this.#muted(about, participant, muted);
    if (gain !== undefined && gain !== gainDb) {
      this.#record(about, 'participant.loudness_changed', participant, { gain });
    }
    if (stopVideo) this.#stopVideo(about, participant);
    if (raised === false && hand !== undefined) this.#lower(about, participant);
    return participantView(room, participant);
  }

  async remove(id: string, participantId: string, by: Moderator): Promise<void> {
    const about = this.#about(id, by);
    const participant = existing(about.room, participantId);
    await this.#keepOut(about, 'removed', participant);
  }

  async ban(id: string, participantId: string, by: Moderator): Promise<BanView> {
    const about = this.#about(id, by);
    return viewOf(await this.#keepOut(about, 'banned', existing(about.room, participantId)));
  }

  bans(id: string): readonly BanView[] {
    return this.#room(id).keptOut.bans.map(viewOf);
  }

  async unban(id: string, ban: string, by: Moderator): Promise<void> {
    const about = this.#about(id, by);
    const lifted = about.room.keptOut.lift(ban);
    const [entry] = lifted;
    if (!entry) throw new NotFoundError('ban_not_found', 'There is no such ban; see the list.');
    const subject = { id: entry.participant, name: entry.name, role: 'participant' } as const;
    this.#options.events.record({ type: 'participant.unbanned', room: id, actor: about.actor, subject });
    await this.#options.store.remove(id, lifted);
  }

  lowerHands(id: string, by: Moderator): number {
    const about = this.#about(id, by);
    const raised = about.room.participants.filter(({ hand }) => hand !== undefined);
    for (const participant of raised) this.#lower(about, participant);
    return raised.length;
  }

  muteAll(id: string, muted: boolean, by: Moderator): number {
    const about = this.#about(id, by);
    const changed = about.room.participants.filter(({ role, silenced }) => role !== 'host' && silenced !== muted);
    for (const participant of changed) {
      about.room.change(participant, { silenced: muted });
      this.#muted(about, participant, muted);
    }
    return changed.length;
  }

  async end(id: string, by: Moderator): Promise<void> {
    const { room, actor } = this.#about(id, by);
    const data = { people: room.participants.length };
    this.#options.events.record({ type: 'room.ended_for_all', room: id, actor, data });
    await this.#options.rooms.endSession(id, 'A host has ended this for everybody.');
  }

  /** In force before it is stored: whoever disturbs is gone at once. */
  async #keepOut(about: About, kind: KeptOutEntry['kind'], participant: Participant): Promise<KeptOutEntry> {
    const { room, actor } = about;
    const { rooms, store, clock } = this.#options;
    const entry: KeptOutEntry = {
      id: randomBytes(9).toString('base64url'),
      kind,
      participant: participant.id,
      clientKey: participant.clientKey,
      name: participant.name,
      by: actor.name,
      at: new Date(clock.wallMs()),
    };
    const replaced = room.keptOut.add(entry);
    this.#record(about, `participant.${kind}`, participant);
    rooms.expel(room.id, participant.id);
    // Let in once is not let in for ever.
    room.door.forget(participant.id);
    await store.add(room.id, entry, replaced);
    return entry;
  }

  #muted(about: About, participant: Participant, muted: boolean): void {
    this.#tell(about, participant, muted ? 'muted' : 'unmuted');
    this.#record(about, muted ? 'participant.muted' : 'participant.unmuted', participant);
  }

  #lower(about: About, participant: Participant): void {
    about.room.setHand(participant, false);
    this.#tell(about, participant, 'hand-lowered');
    this.#record(about, 'participant.hand_lowered', participant);
  }

  /** Every picture of theirs; they may begin again, for example when they are asked to. */
  #stopVideo(about: About, participant: Participant): void {
    const pictures = [...participant.tracks.values()].filter(({ kind }) => kind === 'video');
    if (pictures.length === 0) return;
    this.#tell(about, participant, 'video-stopped');
    const message = 'A host has stopped your video; you can start it again when it is your turn.';
    for (const { events } of pictures) events.emit('refused', { code: 'video_stopped', message });
    this.#record(about, 'participant.video_stopped', participant);
  }

  #tell({ room, actor }: About, participant: Participant, what: ToldWhat): void {
    // Whoever does it to themselves knows.
    if (actor.id === participant.id) return;
    room.events.emit('told', { participant, what, by: toldName(actor) });
  }

  #record({ room, actor }: About, type: EventType, participant: Participant, data?: Record<string, EventValue>): void {
    const subject = personOf(participant);
    this.#options.events.record({ type, room: room.id, actor, subject, ...(data && { data }) });
  }

  #about(id: string, by: Moderator): About {
    const room = this.#room(id);
    return { room, actor: actingPerson(room, by) };
  }

  #room(id: string): Room {
    const room = this.#options.rooms.room(id);
    if (room) return room;
    throw new NotFoundError('room_not_found', `There is no room "${id}"; create it first.`);
  }
}

function viewOf({ id, participant, name, by, at }: KeptOutEntry): BanView {
  return { id, participant, name, by, at: at.toISOString() };
}

function existing(room: Room, id: string): Participant {
  const participant = room.find(id);
  if (participant) return participant;
  throw new NotFoundError('participant_not_found', 'This participant is no longer in the room.');
}
