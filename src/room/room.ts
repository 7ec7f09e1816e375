/** A room: who is in it, in which order, and what they publish. */
import { ConflictError, LimitError } from '../errors.ts';
import { type Annotation, annotationSchema } from '../layout/annotation.ts';
import { type Layout, layoutSchema } from '../layout/layout.ts';
import type { ChatEntry, PrivateEntry, Typing } from '../protocol/chat.ts';
import type { FileView } from '../protocol/files.ts';
import type { AskedFor, ReactionSign, ToldWhat } from '../protocol/moderation.ts';
import type { Clock } from '../util/clock.ts';
import { Emitter } from '../util/emitter.ts';
import { type ChatSettings, chatSettingsSchema } from './chat-settings.ts';
import { type FileSettings, fileSettingsSchema } from './file-settings.ts';
import { type ConsentRule, mayBeKept } from './consent.ts';
import { RoomDoor } from './room-door.ts';
import { type Comer, KeptOut } from './kept-out.ts';
import type { Participant, ParticipantChange, ParticipantRole, Signal } from './participant.ts';
import type { Track, TrackState } from './track.ts';

/** Still pictures of a room. */
export const ROOM_IMAGES = ['logo', 'background'] as const;
/** One of them. */
export type RoomImage = (typeof ROOM_IMAGES)[number];

/** Ids of the people who are heard now, and of the one who has the floor. */
export interface Speaking {
  readonly participants: readonly string[];
  readonly speaker: string | undefined;
}

/** Something that hosts should know: a stable code and a sentence for people. */
export interface RoomNotice {
  readonly code: string;
  readonly message: string;
  /** Whom it is about; the sentence does not name them. */
  readonly participant?: { readonly id: string; readonly name: string };
}

/** How old somebody's picture is in the program, milliseconds from its true capture to the program's time. */
export interface PictureDelay {
  readonly id: string;
  readonly programMs: number;
}

type RoomEvents = {
  joined: Participant;
  left: Participant;
  /** Name, loudness, connection, avatar, or whether they may be kept in a recording. */
  participantChanged: { readonly participant: Participant; readonly change: ParticipantChange };
  trackState: { readonly participant: Participant; readonly track: Track };
  /** Title, layout or annotation changed. */
  arranged: undefined;
  imageChanged: RoomImage;
  trackAdded: { readonly participant: Participant; readonly track: Track };
  trackRemoved: { readonly participant: Participant; readonly track: Track };
  /** Title, recording state or the rule of consent changed. */
  changed: undefined;
  speaking: Speaking;
  notice: RoomNotice;
  /** A signal began or is over. */
  signal: { readonly participant: Participant; readonly signal: Signal; readonly active: boolean };
  /** Somebody wrote something for everybody, changed it or took it back. */
  chat: ChatEntry;
  /** The same of a message for one person: for nobody but these two, and for nothing that keeps or passes on. */
  privateChat: PrivateEntry;
  typing: Typing;
  /** Who takes part in the chat, or how quickly, is another now. */
  chatSwitched: undefined;
  /** A file is complete. */
  file: FileView;
  /** A file was deleted, by somebody or because its time was over. */
  fileGone: { readonly id: string; readonly deleted: boolean };
  /** Whether files can be shared is another now. */
  filesSwitched: undefined;
  /** Somebody sent a sign to everybody. */
  reaction: { readonly participant: Participant; readonly emoji: ReactionSign };
  /** A host asks somebody for something. */
  asked: { readonly participant: Participant; readonly what: AskedFor; readonly by: Participant };
  /** A host has done something to somebody, who is to know; `by` is the host's name. */
  told: { readonly participant: Participant; readonly what: ToldWhat; readonly by: string | undefined };
  /** A host has kept a clip of what the room showed: `newest` of just now; `by` is the host's name. */
  clipped: { readonly seconds: number; readonly newest: boolean; readonly by: string | undefined };
  /** Delays of everybody who is in the picture, as far as they are known. */
  delays: readonly PictureDelay[];
  /** Deleted: everybody leaves. */
  ended: undefined;
};

/** What becomes of what is seen and heard: it is kept, it is not while a recording pauses, or nothing records. */
export type RecordingMark = 'recording' | 'paused' | 'off';

/** Limits of one room. */
export interface RoomLimits {
  readonly maxParticipants: number;
  readonly maxTracksPerParticipant: number;
}

/** The oldest is forgotten beyond this: ids of guests are never used again anyway. */
const MAX_REMEMBERED = 1000;

/** Participants are kept in the order in which they joined, which is the order of the grid. */
export class Room {
  readonly id: string;
  readonly events = new Emitter<RoomEvents>();
  readonly createdAt: Date;
  /** Added to the monotonic clock it gives the time that the program shows; undefined while none is made. */
  programOffsetMs: number | undefined;
  readonly keptOut = new KeptOut();
  readonly door = new RoomDoor();
  readonly #limits: RoomLimits;
  readonly #participants = new Map<string, Participant>();
  /** They stay so when they come back with the same identity. */
  readonly #silenced = new Set<string>();
  readonly #images = new Map<RoomImage, Uint8Array>();
  #chat: ChatSettings = chatSettingsSchema.parse({});
  #files: FileSettings = fileSettingsSchema.parse({});
  #title: string;
  #layout: Layout = layoutSchema.parse({});
  #annotation: Annotation = annotationSchema.parse({});
  #speaking: Speaking = { participants: [], speaker: undefined };
  #recordingMark: RecordingMark = 'off';
  #consentRule: ConsentRule = 'notice';
  /** Published so far. */
  #tracks = 0;
  /** Raised so far. */
  #hands = 0;
  #ended = false;

  constructor(options: { id: string; title: string; createdAt: Date; limits: RoomLimits }) {
    this.id = options.id;
    this.#title = options.title;
    this.createdAt = options.createdAt;
    this.#limits = options.limits;
  }

  /** The room's time, milliseconds since 1970: its program's, which goes on as it began when the machine's clock is set. */
  timeMs(clock: Clock): number {
    return this.programOffsetMs === undefined ? clock.wallMs() : clock.monotonicMs() + this.programOffsetMs;
  }

  get title(): string {
    return this.#title;
  }

  set title(title: string) {
    this.#title = title;
    this.events.emit('changed', undefined);
    this.events.emit('arranged', undefined);
  }

  get layout(): Layout {
    return this.#layout;
  }

  set layout(layout: Layout) {
    this.#layout = layout;
    this.events.emit('arranged', undefined);
  }

  get annotation(): Annotation {
    return this.#annotation;
  }

  set annotation(annotation: Annotation) {
    this.#annotation = annotation;
    this.events.emit('arranged', undefined);
  }

  get chat(): ChatSettings {
    return this.#chat;
  }

  set chat(chat: ChatSettings) {
    const { viewers, slowSeconds, private: allowed } = this.#chat;
    const switched = chat.viewers !== viewers || chat.slowSeconds !== slowSeconds || chat.private !== allowed;
    this.#chat = chat;
    if (switched) this.events.emit('chatSwitched', undefined);
  }

  get files(): FileSettings {
    return this.#files;
  }

  set files(files: FileSettings) {
    const switched = files.enabled !== this.#files.enabled;
    this.#files = files;
    if (switched) this.events.emit('filesSwitched', undefined);
  }

  image(slot: RoomImage): Uint8Array | undefined {
    return this.#images.get(slot);
  }

  /** Sets or, with undefined, removes a still picture: PNG, JPEG or WebP. */
  setImage(slot: RoomImage, data: Uint8Array | undefined): void {
    if (data) this.#images.set(slot, data);
    else this.#images.delete(slot);
    this.events.emit('imageChanged', slot);
  }

  /** As the mixer hears it; nobody while no program is made. */
  get speaking(): Speaking {
    return this.#speaking;
  }

  set speaking(speaking: Speaking) {
    this.#speaking = speaking;
    this.events.emit('speaking', speaking);
  }

  get recordingMark(): RecordingMark {
    return this.#recordingMark;
  }

  set recordingMark(mark: RecordingMark) {
    if (mark === this.#recordingMark) return;
    this.#recordingMark = mark;
    this.#withhold();
    this.events.emit('changed', undefined);
  }

  /** Whether what is seen and heard is being kept. */
  get recording(): boolean {
    return this.#recordingMark === 'recording';
  }

  /** Whether a recording waits for somebody to go on with it: nothing is being kept until then. */
  get recordingPaused(): boolean {
    return this.#recordingMark === 'paused';
  }

  /** Whether everybody is asked before they are kept in a recording. */
  get consentRule(): ConsentRule {
    return this.#consentRule;
  }

  set consentRule(rule: ConsentRule) {
    if (rule === this.#consentRule) return;
    this.#consentRule = rule;
    this.#withhold();
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

  /** @throws LimitError `room_full`, ConflictError `room_ended`, ForbiddenError `removed` or `banned`. */
  join(participant: Participant, came: Pick<Comer, 'issuedAt'> = {}): void {
    if (this.#ended) throw new ConflictError('room_ended', 'This room has ended.');
    const { clientKey } = participant;
    this.keptOut.check({ id: participant.id, clientKey, issuedAt: came.issuedAt });
    const most = this.#placesFor(participant.role);
    if (this.#participants.size >= most) {
      throw new LimitError(
        'room_full',
        `The room holds at most ${most} people; try again when somebody has left, or watch it instead.`,
        503,
      );
    }
    if (this.#silenced.has(participant.id)) participant.silenced = true;
    participant.withheld = this.#isWithheld(participant);
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
    if (this.#participants.size === 0) this.door.forget();
  }

  change(participant: Participant, change: ParticipantChange): void {
    Object.assign(participant, change);
    if ('consent' in change) participant.withheld = this.#isWithheld(participant);
    if (change.silenced === true) remember(this.#silenced, participant.id);
    if (change.silenced === false) this.#silenced.delete(participant.id);
    this.events.emit('participantChanged', { participant, change });
  }

  /** Hands stand in the order in which they went up. */
  setHand(participant: Participant, raised: boolean): void {
    if (raised === (participant.hand !== undefined)) return;
    if (raised) this.#hands += 1;
    this.change(participant, { hand: raised ? this.#hands : undefined });
  }

  /** What the sender of a track says of it. */
  setTrackState(participant: Participant, track: Track, state: TrackState): void {
    if (track.state === state) return;
    track.state = state;
    this.events.emit('trackState', { participant, track });
  }

  /** Something is wrong with what they send, or is not any more. False when that is known. */
  setSignal(participant: Participant, signal: Signal, active: boolean): boolean {
    const others = participant.signals.filter(({ kind, track }) => kind !== signal.kind || track !== signal.track);
    const known = others.length < participant.signals.length;
    if (known === active) return false;
    participant.signals = active ? [...others, signal] : others;
    this.events.emit('signal', { participant, signal, active });
    return true;
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
    this.#tracks += 1;
    track.since = this.#tracks;
    participant.tracks.set(track.number, track);
    this.events.emit('trackAdded', { participant, track });
  }

  /** Ends a track and its stream; does nothing when it is gone already. */
  removeTrack(participant: Participant, number: number): void {
    const track = participant.tracks.get(number);
    if (!track) return;
    participant.tracks.delete(number);
    participant.signals = participant.signals.filter((signal) => signal.track !== number);
    track.stream.close();
    this.events.emit('trackRemoved', { participant, track });
  }

  /** How many more would get in now, hosts apart. */
  get freePlaces(): number {
    return Math.max(0, this.#placesFor('participant') - this.#participants.size);
  }

  /** Hosts come in beyond what they have set themselves. */
  #placesFor(role: ParticipantRole): number {
    const { maxParticipants } = this.#limits;
    return role === 'host'
      ? maxParticipants
      : Math.min(maxParticipants, this.door.settings.capacity ?? maxParticipants);
  }

  #isWithheld(participant: Participant): boolean {
    return this.recording && !mayBeKept(this.#consentRule, participant);
  }

  #withhold(): void {
    for (const participant of this.#participants.values()) {
      const withheld = this.#isWithheld(participant);
      if (withheld !== participant.withheld) this.change(participant, { withheld });
    }
  }

  /** Ends the room for everybody. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.events.emit('ended', undefined);
    for (const participant of this.participants) this.leave(participant.id);
  }
}

function remember(ids: Set<string>, id: string): void {
  ids.add(id);
  const [oldest] = ids;
  if (ids.size > MAX_REMEMBERED && oldest !== undefined) ids.delete(oldest);
}
