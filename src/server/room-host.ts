/** Every room of the server, and the pipelines of those that are live. Meets the API's `RoomControl`. */
import type {
  ParticipantView,
  ProgramSettings,
  RecordingRules,
  RoomChange,
  RoomControl,
  RoomView,
  WatchRules,
  ViewingSettings,
} from '../api/ports.ts';
import { randomRoomId } from '../api/room-id.ts';
import type { ProgramOrder, RecordingOrder, ViewingOrder } from '../config/schema.ts';
import { ConflictError, LimitError, NotFoundError, messageOf } from '../errors.ts';
import type { EventPerson } from '../events/event.ts';
import type { Logger } from '../logger.ts';
import { KeyedQueue } from '../util/keyed-queue.ts';
import type { LiveSession } from '../recorder/session/live-session.ts';
import type { ResumableSession } from '../recorder/session/resumable-session.ts';
import type { DoorOrder } from '../room/door-settings.ts';
import type { Participant } from '../room/participant.ts';
import { Room, type RoomLimits } from '../room/room.ts';
import { defaultSettings } from '../room/room-settings.ts';
import type { RoomRecord, RoomStore } from '../room/room-store.ts';
import type { Clock } from '../util/clock.ts';
import { Emitter } from '../util/emitter.ts';
import type { AutoRecording } from './auto-recording.ts';
import { changedSettings } from './changed-settings.ts';
import { orderedProgram, programSettings, resumedProgram } from './program-settings.ts';
import { orderedRecording } from './recording-rules.ts';
import { type PipelineOptions, RoomPipeline } from './room-pipeline.ts';
import { type RoomEntry, settingsOf, takeSettings } from './room-entry.ts';
import type { RoomHistory } from './room-history.ts';
import { participantView, roomView } from './room-views.ts';
import type { MonitorEvents } from './session-monitor.ts';
import { orderedViewing } from './viewing-settings.ts';

/** Options of the host. */
export interface RoomHostOptions {
  readonly store: RoomStore;
  readonly pipeline: PipelineOptions;
  /** For rooms that order nothing else. */
  readonly recording: RecordingRules;
  /** Records rooms that wish it from their first picture on. */
  readonly autoRecording: AutoRecording;
  readonly maxRooms: number;
  readonly limits: RoomLimits;
  /** How long a session goes on without anybody, milliseconds. */
  readonly emptyMs: number;
  readonly clock: Clock;
  readonly log: Logger;
  /** Hashes a room's password, in PHC notation. */
  readonly hashPassword: (password: string) => Promise<string>;
  /** Closes one participant's sockets; false when they have none. */
  readonly kick: (roomId: string, participantId: string) => boolean;
  /** Closes everybody's sockets. */
  readonly endRoom: (roomId: string, reason?: string) => Promise<void>;
  /** What a server that died left of a room's session, once somebody is there again; default: every session is another. */
  readonly resume?: (roomId: string) => ResumableSession | undefined;
  /** Before their sockets are closed. */
  readonly onPersonRemoved?: (roomId: string, identity: string) => void;
  /** Deletes what else belongs to a room that is being deleted. */
  readonly onRemove?: (roomId: string) => Promise<void>;
}

type RoomHostEvents = MonitorEvents &
  RoomHistory & {
    /** Somebody joined one of the rooms. */
    joined: { readonly room: Room; readonly participant: Participant };
  };

/** After a restart people have at least so long to come back to a room that ends when it is empty. */
const RETURN_MS = 60_000;

/** Rooms outlive the process (the store has them); sessions do not. */
export class RoomHost implements RoomControl {
  readonly events = new Emitter<RoomHostEvents>();
  readonly #options: RoomHostOptions;
  readonly #entries = new Map<string, RoomEntry>();
  /** Ids of rooms that are being stored: nobody joins one that may never be. */
  readonly #creating = new Set<string>();
  /** Changes of one room take turns, so that neither of two at the same time is lost. */
  readonly #changes = new KeyedQueue();

  constructor(options: RoomHostOptions) {
    this.#options = options;
  }

  /** Brings the stored rooms back. */
  async load(): Promise<void> {
    for (const record of await this.#options.store.list()) {
      const entry = this.#add(record);
      // The server went down with somebody in it, who may come back.
      const { whenEmpty, used } = record.settings.door;
      if (whenEmpty === 'end' && used) this.#endSoon(entry, Math.max(this.#options.emptyMs, RETURN_MS));
    }
  }

  get all(): readonly Room[] {
    return [...this.#entries.values()].map(({ room }) => room);
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

  async create(order: RoomChange & { readonly id?: string }, by?: EventPerson): Promise<RoomView> {
    const { id = randomRoomId(), ...change } = order;
    const password = await this.#hash(change.door);
    if (this.#entries.has(id) || this.#creating.has(id))
      throw new ConflictError('room_exists', `The room "${id}" exists already; choose another id.`);
    if (this.#entries.size + this.#creating.size >= this.#options.maxRooms) {
      throw new LimitError(
        'too_many_rooms',
        `This server holds at most ${this.#options.maxRooms} rooms; delete one first.`,
        503,
      );
    }
    const settings = changedSettings(this.#options.pipeline, defaultSettings(), change, password);
    const createdAt = new Date(this.#options.clock.wallMs());
    const record = { id, title: change.title ?? id, createdAt, tokenVersion: 1, settings };
    this.#creating.add(id);
    try {
      await this.#options.store.insert(record);
    } finally {
      this.#creating.delete(id);
    }
    const entry = this.#add(record);
    this.events.emit('created', { room: entry.room, by });
    return this.#view(entry);
  }

  find(id: string): RoomView | undefined {
    const entry = this.#entries.get(id);
    return entry && this.#view(entry);
  }

  watchRules(id: string): WatchRules | undefined {
    const entry = this.#entries.get(id);
    if (!entry) return undefined;
    const { room, tokenVersion, passVersion, viewing } = entry;
    // When it was made, too: another room may have had this id before.
    const version = `${room.createdAt.getTime()}.${tokenVersion}.${passVersion}`;
    return { access: this.#viewing(viewing).access, version };
  }

  list(): readonly RoomView[] {
    return [...this.#entries.values()].map((entry) => this.#view(entry));
  }

  update(id: string, change: RoomChange, by?: EventPerson): Promise<RoomView> {
    return this.#changes.run(id, async () => {
      const entry = this.#entry(id);
      const { room } = entry;
      const password = await this.#hash(change.door);
      const settings = changedSettings(this.#options.pipeline, settingsOf(entry), change, password);
      const { title } = change;
      await this.#options.store.update(id, { ...(title !== undefined && { title }), settings });
      takeSettings(entry, settings, this.#recordingRules(settings.recording).consent);
      // Somebody may have come in since: then it has been used.
      if (change.door) room.door.settings = { ...settings.door, used: room.door.settings.used };
      if (title !== undefined) room.title = title;
      this.events.emit('changed', { room, by, what: namesOf(change) });
      return this.#view(entry);
    });
  }

  /** The version that viewers' tokens need; undefined when there is no such room. */
  tokenVersion(id: string): number | undefined {
    return this.#entries.get(id)?.tokenVersion;
  }

  expelViewers(id: string): Promise<void> {
    return this.#changes.run(id, async () => {
      const entry = this.#entry(id);
      const tokenVersion = entry.tokenVersion + 1;
      await this.#options.store.update(id, { tokenVersion });
      entry.tokenVersion = tokenVersion;
    });
  }

  /** Whoever asks while it is being deleted waits for that: its id may be another room's afterwards. */
  async remove(id: string, by?: EventPerson): Promise<void> {
    const entry = this.#entry(id);
    entry.removing ??= this.#remove(entry, by).finally(() => {
      // What failed can be tried again.
      entry.removing = undefined;
    });
    await entry.removing;
  }

  async #remove(entry: RoomEntry, by: EventPerson | undefined): Promise<void> {
    const { id } = entry.room;
    await this.#options.endRoom(id);
    entry.room.end();
    await this.#endSession(entry);
    // Who may watch its end is known no more, and another room may have this id at once.
    this.#options.pipeline.origin.drop(id);
    await this.#options.onRemove?.(id);
    await this.#options.store.remove(id);
    this.#entries.delete(id);
    this.events.emit('deleted', { room: entry.room, by });
  }

  participants(id: string): readonly ParticipantView[] {
    const { room } = this.#entry(id);
    return room.participants.map((participant) => participantView(room, participant));
  }

  /** Takes somebody out of the room; who keeps them out is another question. */
  expel(id: string, participantId: string): void {
    const { room } = this.#entry(id);
    this.#options.onPersonRemoved?.(id, participantId);
    if (!this.#options.kick(id, participantId)) room.leave(participantId);
  }

  keptOut(id: string, identity: string, issuedAt?: Date): ReturnType<RoomControl['keptOut']> {
    return this.#entries.get(id)?.room.keptOut.reason({ id: identity, issuedAt });
  }

  /** Ends the session for everybody; the room stays. */
  async endSession(id: string, reason: string): Promise<void> {
    const entry = this.#entry(id);
    await this.#options.endRoom(id, reason);
    // Whoever came meanwhile goes on with what there is.
    if (entry.room.participants.length === 0) await this.#endSession(entry);
  }

  /** Ends every session; rooms stay stored, but for those that are being deleted. */
  async close(): Promise<void> {
    const end = async (entry: RoomEntry): Promise<void> => {
      // Whoever asked for it is told how it went.
      await entry.removing?.catch(() => {});
      await this.#endSession(entry);
    };
    await Promise.all([...this.#entries.values()].map(end));
  }

  #entry(id: string): RoomEntry {
    const entry = this.#entries.get(id);
    if (!entry) throw new NotFoundError('room_not_found', `There is no room "${id}"; create it first.`);
    return entry;
  }

  #add({ id, title, createdAt, tokenVersion, settings }: RoomRecord): RoomEntry {
    const room = new Room({ id, title, createdAt, limits: this.#options.limits });
    const entry: RoomEntry = {
      room,
      order: settings.program,
      viewing: settings.viewing,
      recording: settings.recording,
      passVersion: settings.passVersion,
      tokenVersion,
      pipeline: undefined,
      emptyTimer: undefined,
      ending: undefined,
      removing: undefined,
    };
    takeSettings(entry, settings, this.#recordingRules(settings.recording).consent);
    room.door.settings = settings.door;
    this.#entries.set(id, entry);
    room.events.on('joined', (participant) => {
      this.#onJoined(entry);
      this.events.emit('joined', { room, participant });
    });
    room.events.on('left', () => this.#onLeft(entry));
    this.events.emit('opened', room);
    return entry;
  }

  /** Undefined unless there is a new one. */
  #hash({ password }: DoorOrder = {}): Promise<string> | undefined {
    return typeof password === 'string' ? this.#options.hashPassword(password) : undefined;
  }

  #view({ room, order, viewing, recording, pipeline }: RoomEntry): RoomView {
    return roomView(room, this.#ordered(order), this.#viewing(viewing), this.#recordingRules(recording), pipeline);
  }

  #viewing(order: ViewingOrder): ViewingSettings {
    return orderedViewing(this.#options.pipeline.hls, order);
  }

  #recordingRules(order: RecordingOrder): RecordingRules {
    return orderedRecording(this.#options.recording, order);
  }

  /** What was possible when it was ordered may not be with another configuration. */
  #ordered(order: ProgramOrder): ProgramSettings {
    const configured = this.#options.pipeline.program;
    return orderedProgram(configured, order) ?? programSettings(configured);
  }

  #onJoined(entry: RoomEntry): void {
    entry.emptyTimer?.();
    entry.emptyTimer = undefined;
    entry.pipeline ??= this.#startPipeline(entry);
    if (entry.room.door.endsUnused) this.#rememberUse(entry);
  }

  #rememberUse(entry: RoomEntry): void {
    const { room } = entry;
    const { store, log } = this.#options;
    room.door.settings = { ...room.door.settings, used: true };
    const failed = (error: unknown): void => log.warn('a room in use was not stored', { reason: messageOf(error) });
    this.#changes.run(room.id, () => store.update(room.id, { settings: settingsOf(entry) })).catch(failed);
  }

  #startPipeline({ room, order, viewing, recording }: RoomEntry): RoomPipeline {
    const { pipeline: options, autoRecording } = this.#options;
    const resumed = this.#options.resume?.(room.id);
    // What goes on after a crash is recorded already, or was stopped.
    const auto = !resumed && this.#recordingRules(recording).auto;
    // Before the first picture is made, and before the first person is greeted.
    if (!resumed) autoRecording.prepare(room, auto);
    const pipelineOptions: PipelineOptions = {
      ...options,
      ...(auto && {
        onLogOpened: (session) => {
          options.onLogOpened?.(session);
          void autoRecording.begin(room);
        },
        onLogFailed: () => autoRecording.giveUp(room),
      }),
    };
    const program = resumedProgram(this.#ordered(order), resumed);
    const pipeline = new RoomPipeline(room, program, this.#viewing(viewing), pipelineOptions, resumed);
    const { events } = pipeline.monitor;
    events.on('frames', (frames) => this.events.emit('frames', frames));
    events.on('stepped', (steps) => this.events.emit('stepped', steps));
    events.on('restarted', () => this.events.emit('restarted', undefined));
    this.events.emit('began', { room, session: pipeline.sessionId, resumed: resumed !== undefined });
    return pipeline;
  }

  #onLeft(entry: RoomEntry): void {
    if (entry.room.participants.length === 0 && !entry.room.ended) this.#endSoon(entry, this.#options.emptyMs);
  }

  #endSoon(entry: RoomEntry, ms: number): void {
    entry.emptyTimer?.();
    entry.emptyTimer = this.#options.clock.after(ms, () => {
      this.#onEmpty(entry).catch((error: unknown) => {
        this.#options.log.error('a session did not end cleanly', { room: entry.room.id, reason: messageOf(error) });
      });
    });
  }

  async #onEmpty(entry: RoomEntry): Promise<void> {
    const { room } = entry;
    if (room.door.settings.whenEmpty === 'keep') await this.#endSession(entry);
    else if (this.#entries.get(room.id) === entry) await this.remove(room.id);
  }

  async #endSession(entry: RoomEntry): Promise<void> {
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
    this.events.emit('ended', { room: entry.room, session: pipeline.sessionId });
  }
}

function namesOf(change: RoomChange): string[] {
  return Object.entries(change).flatMap(([name, value]) => (value === undefined ? [] : [name]));
}
