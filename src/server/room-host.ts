/** Every room of the server, and the pipelines of those that are live. Meets the API's `RoomControl`. */
import type { ParticipantView, RoomControl, RoomView } from '../api/ports.ts';
import { randomRoomId } from '../api/room-id.ts';
import { ConflictError, LimitError, NotFoundError, messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { LiveSession } from '../recorder/live-session.ts';
import { type Participant, Room, type RoomLimits } from '../room/room.ts';
import type { RoomStore } from '../room/room-store.ts';
import type { Clock, Disposer } from '../util/clock.ts';
import { Emitter } from '../util/emitter.ts';
import { type PipelineOptions, RoomPipeline } from './room-pipeline.ts';
import { participantView, roomView } from './room-views.ts';

/** Options of the host. */
export interface RoomHostOptions {
  readonly store: RoomStore;
  readonly pipeline: PipelineOptions;
  readonly maxRooms: number;
  readonly limits: RoomLimits;
  /** How long a session goes on without anybody, milliseconds. */
  readonly emptyMs: number;
  readonly clock: Clock;
  readonly log: Logger;
  /** Closes one participant's sockets; false when they have none. */
  readonly kick: (roomId: string, participantId: string) => boolean;
  /** Closes everybody's sockets. */
  readonly endRoom: (roomId: string) => Promise<void>;
}

type RoomHostEvents = {
  /** Program frames made since the last report of a mixer, and how many of them late. */
  frames: { readonly made: number; readonly late: number };
};

interface Entry {
  readonly room: Room;
  pipeline: RoomPipeline | undefined;
  emptyTimer: Disposer | undefined;
  ending: Promise<void> | undefined;
}

/** Rooms outlive the process (the store has them); sessions do not. */
export class RoomHost implements RoomControl {
  readonly events = new Emitter<RoomHostEvents>();
  readonly #options: RoomHostOptions;
  readonly #entries = new Map<string, Entry>();

  constructor(options: RoomHostOptions) {
    this.#options = options;
  }

  /** Brings the stored rooms back. */
  async load(): Promise<void> {
    for (const { id, title, createdAt } of await this.#options.store.list()) this.#add(id, title, createdAt);
  }

  /** Programs that are being made. */
  get live(): readonly RoomPipeline[] {
    return [...this.#entries.values()].flatMap(({ pipeline }) => (pipeline ? [pipeline] : []));
  }

  room(id: string): Room | undefined {
    return this.#entries.get(id)?.room;
  }

  pipeline(id: string): RoomPipeline | undefined {
    return this.#entries.get(id)?.pipeline;
  }

  /** The session that runs in a room, for recordings. */
  session(id: string): LiveSession | undefined {
    return this.pipeline(id)?.session;
  }

  async create({ id = randomRoomId(), title }: { id?: string; title?: string }): Promise<RoomView> {
    if (this.#entries.has(id))
      throw new ConflictError('room_exists', `The room "${id}" exists already; choose another id.`);
    if (this.#entries.size >= this.#options.maxRooms) {
      throw new LimitError(
        'too_many_rooms',
        `This server holds at most ${this.#options.maxRooms} rooms; delete one first.`,
        503,
      );
    }
    const createdAt = new Date(this.#options.clock.wallMs());
    const entry = this.#add(id, title ?? id, createdAt);
    try {
      await this.#options.store.insert({ id, title: entry.room.title, createdAt, tokenVersion: 1 });
    } catch (error) {
      this.#entries.delete(id);
      throw error;
    }
    return roomView(entry.room, false);
  }

  find(id: string): RoomView | undefined {
    const entry = this.#entries.get(id);
    return entry && roomView(entry.room, entry.pipeline !== undefined);
  }

  list(): readonly RoomView[] {
    return [...this.#entries.values()].map(({ room, pipeline }) => roomView(room, pipeline !== undefined));
  }

  async update(id: string, { title }: { title?: string }): Promise<RoomView> {
    const entry = this.#entry(id);
    if (title !== undefined) {
      await this.#options.store.update(id, { title });
      entry.room.title = title;
    }
    return roomView(entry.room, entry.pipeline !== undefined);
  }

  async remove(id: string): Promise<void> {
    const entry = this.#entry(id);
    await this.#options.endRoom(id);
    entry.room.end();
    await this.#endSession(entry);
    await this.#options.store.remove(id);
    this.#entries.delete(id);
  }

  participants(id: string): readonly ParticipantView[] {
    return this.#entry(id).room.participants.map(participantView);
  }

  renameParticipant(id: string, participantId: string, name: string): ParticipantView {
    const { room } = this.#entry(id);
    const participant = this.#participant(room, participantId);
    room.change(participant, { name });
    return participantView(participant);
  }

  removeParticipant(id: string, participantId: string): void {
    const { room } = this.#entry(id);
    this.#participant(room, participantId);
    room.ban(participantId);
    if (!this.#options.kick(id, participantId)) room.leave(participantId);
  }

  /** Ends every session; rooms stay stored. */
  async close(): Promise<void> {
    await Promise.all([...this.#entries.values()].map((entry) => this.#endSession(entry)));
  }

  #entry(id: string): Entry {
    const entry = this.#entries.get(id);
    if (!entry) throw new NotFoundError('room_not_found', `There is no room "${id}"; create it first.`);
    return entry;
  }

  #participant(room: Room, id: string): Participant {
    const participant = room.find(id);
    if (!participant) throw new NotFoundError('participant_not_found', 'This participant is not in the room any more.');
    return participant;
  }

  #add(id: string, title: string, createdAt: Date): Entry {
    const room = new Room({ id, title, createdAt, limits: this.#options.limits });
    const entry: Entry = { room, pipeline: undefined, emptyTimer: undefined, ending: undefined };
    this.#entries.set(id, entry);
    room.events.on('joined', () => this.#onJoined(entry));
    room.events.on('left', () => this.#onLeft(entry));
    return entry;
  }

  #onJoined(entry: Entry): void {
    entry.emptyTimer?.();
    entry.emptyTimer = undefined;
    entry.pipeline ??= this.#startPipeline(entry.room);
  }

  #startPipeline(room: Room): RoomPipeline {
    const pipeline = new RoomPipeline(room, this.#options.pipeline);
    let before = { frames: 0, lateFrames: 0 };
    pipeline.mixer.events.on('stats', (stats) => {
      // A restarted mixer counts from zero again.
      if (stats.frames < before.frames) before = { frames: 0, lateFrames: 0 };
      const made = stats.frames - before.frames;
      this.events.emit('frames', { made, late: stats.lateFrames - before.lateFrames });
      before = stats;
    });
    return pipeline;
  }

  #onLeft(entry: Entry): void {
    if (entry.room.participants.length > 0 || entry.room.ended) return;
    entry.emptyTimer?.();
    entry.emptyTimer = this.#options.clock.after(this.#options.emptyMs, () => {
      this.#endSession(entry).catch((error: unknown) => {
        this.#options.log.error('a session did not end cleanly', { room: entry.room.id, reason: messageOf(error) });
      });
    });
  }

  async #endSession(entry: Entry): Promise<void> {
    entry.emptyTimer?.();
    entry.emptyTimer = undefined;
    const { pipeline } = entry;
    if (!pipeline) {
      await entry.ending;
      return;
    }
    // From here on a newcomer begins another session.
    entry.pipeline = undefined;
    entry.ending = pipeline.close();
    await entry.ending;
  }
}
