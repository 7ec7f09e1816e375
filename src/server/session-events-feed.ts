/** Tells the log of a session what happens in its room, beginning with how everything stands. */
import type { LiveSession } from '../recorder/session/live-session.ts';
import type { Participant, ParticipantChange } from '../room/participant.ts';
import type { Room, Speaking } from '../room/room.ts';
import type { Track } from '../room/track.ts';
import type { Clock, Disposer } from '../util/clock.ts';

/** How late a track is in the program, as the mixer measured in the last second. */
export interface ShownAge {
  readonly participant: string;
  readonly track: Track;
  /** Milliseconds from its capture time. */
  readonly ms: number;
}

/** Options of a feed. */
export interface SessionEventsFeedOptions {
  readonly room: Room;
  readonly events: LiveSession['events'];
  readonly clock: Clock;
  /** The session was cut off by the end of the server's process and goes on now. */
  readonly resumed?: boolean;
}

/** Between two lines about who speaks, milliseconds: what is shorter nobody sees. */
const SPEAKING_MS = 250;
/** Older pictures are no delay: somebody holds them, milliseconds. */
const MOST_DELAY_MS = 5000;
/** Less of a change is no news, milliseconds. */
const DELAY_STEP_MS = 8;
/** What is written of nobody speaking. */
const NOBODY = '[null,[]]';

/** Owned by the room's pipeline. */
export class SessionEventsFeed {
  readonly #options: SessionEventsFeedOptions;
  readonly #disposers: Disposer[];
  #title: string | undefined;
  #layout: unknown;
  #annotation: unknown;
  /** As it was written last. */
  #spoken = NOBODY;
  #cancelSpeaking: Disposer | undefined;
  readonly #delays = new Map<string, number>();

  constructor(options: SessionEventsFeedOptions) {
    this.#options = options;
    const { room, events, resumed = false } = options;
    if (resumed) events.write({ type: 'program', state: 'resumed' });
    this.#onArranged();
    for (const participant of room.participants) this.#onJoined(participant);
    this.#onSpeaking(room.speaking);
    const on = room.events.on.bind(room.events);
    this.#disposers = [
      on('joined', (participant) => this.#onJoined(participant)),
      on('left', ({ id }) => this.#onLeft(id)),
      on('participantChanged', ({ participant, change }) => this.#onChanged(participant, change)),
      on('trackAdded', ({ participant, track }) => this.#onTrack(participant, track)),
      on('trackRemoved', ({ participant, track }) => {
        events.write({ type: 'track-removed', participant: participant.id, track: track.number });
      }),
      on('trackState', ({ participant, track }) => this.#onTrackState(participant, track)),
      on('speaking', (speaking) => this.#onSpeaking(speaking)),
      on('arranged', () => this.#onArranged()),
      on('chat', ({ id, author, text }) => {
        events.write({ type: 'chat', id, participant: author.id, name: author.name, text });
      }),
      on('file', ({ id, name: file, type: fileType, size, sha256 = '', by }) => {
        events.write({ type: 'file', id, participant: by.id, name: by.name, file, fileType, size, sha256 });
      }),
      on('fileGone', ({ id, deleted }) => {
        if (deleted) events.write({ type: 'file-gone', id });
      }),
    ];
  }

  /** A moment with a name, of the recording with this id if one runs. */
  mark(label: string, recording: string | undefined): void {
    this.#options.events.write({ type: 'marker', label, ...(recording !== undefined && { recording }) });
  }

  /** By how much the program is behind everybody. A person's sound counts before their camera, and that before other pictures. */
  ages(ages: readonly ShownAge[]): void {
    const best = new Map<string, ShownAge>();
    for (const age of ages) {
      if (age.ms > MOST_DELAY_MS) continue;
      const known = best.get(age.participant);
      if (!known || weightOf(age.track) > weightOf(known.track)) best.set(age.participant, age);
    }
    for (const [participant, { ms }] of best) {
      if (Math.abs(ms - (this.#delays.get(participant) ?? Number.NEGATIVE_INFINITY)) < DELAY_STEP_MS) continue;
      this.#delays.set(participant, ms);
      this.#options.events.write({ type: 'playout', participant, delayMs: Math.round(ms) });
    }
  }

  close(): void {
    for (const dispose of this.#disposers) dispose();
    this.#cancelSpeaking?.();
    this.#cancelSpeaking = undefined;
  }

  #onJoined(participant: Participant): void {
    const { id, name, role, silenced, gainDb, detached, consent } = participant;
    const { events } = this.#options;
    events.write({ type: 'joined', participant: id, name, role });
    if (detached) events.write({ type: 'connection', participant: id, connected: false });
    if (consent !== undefined) events.write({ type: 'consent', participant: id, given: consent });
    if (silenced || gainDb !== 0) events.write({ type: 'loudness', participant: id, silenced, gainDb });
    for (const track of participant.tracks.values()) this.#onTrack(participant, track);
  }

  #onLeft(participant: string): void {
    this.#delays.delete(participant);
    this.#options.events.write({ type: 'left', participant });
  }

  #onChanged({ id, name, silenced, gainDb, detached }: Participant, change: ParticipantChange): void {
    const { events } = this.#options;
    if (change.name !== undefined) events.write({ type: 'renamed', participant: id, name });
    if (change.detached !== undefined) events.write({ type: 'connection', participant: id, connected: !detached });
    if (change.consent !== undefined) events.write({ type: 'consent', participant: id, given: change.consent });
    if (change.silenced === undefined && change.gainDb === undefined) return;
    events.write({ type: 'loudness', participant: id, silenced, gainDb });
  }

  #onTrack(participant: Participant, track: Track): void {
    const { number, kind, source } = track;
    this.#options.events.write({ type: 'track-added', participant: participant.id, track: number, kind, source });
    if (track.state !== 'live') this.#onTrackState(participant, track);
  }

  #onTrackState({ id }: Participant, { number, state }: Track): void {
    this.#options.events.write({ type: 'track-state', participant: id, track: number, state });
  }

  /** Title, layout and annotation, whichever is another. */
  #onArranged(): void {
    const { room, events } = this.#options;
    const { title, layout, annotation } = room;
    if (title !== this.#title) events.write({ type: 'title', title });
    if (layout !== this.#layout) events.write({ type: 'layout', layout });
    if (annotation !== this.#annotation) events.write({ type: 'annotation', annotation });
    this.#title = title;
    this.#layout = layout;
    this.#annotation = annotation;
  }

  /** At once, and then for a while only how it stands at the end of that. */
  #onSpeaking({ participants, speaker }: Speaking): void {
    if (this.#cancelSpeaking) return;
    const spoken = JSON.stringify([speaker ?? null, [...participants].sort()]);
    if (spoken === this.#spoken) return;
    const { events, clock, room } = this.#options;
    this.#spoken = spoken;
    events.write({ type: 'speaking', participants: [...participants], ...(speaker !== undefined && { speaker }) });
    this.#cancelSpeaking = clock.after(SPEAKING_MS, () => {
      this.#cancelSpeaking = undefined;
      this.#onSpeaking(room.speaking);
    });
  }
}

/** Sound is measured at the playhead itself, a picture is half its own duration older on average. */
function weightOf({ kind, source }: Track): number {
  if (kind === 'audio') return 2;
  return source === 'camera' ? 1 : 0;
}
