/** Events of a session as a recording of it knows them: pure. */
import type { TimelineEvent } from './archive-timeline-file.ts';
import type { RecordingTimeline } from '../recordings/recording-timeline.ts';
import type { SessionEvent } from '../session/session-events.ts';

type Joined = Extract<SessionEvent, { type: 'joined' }>;

interface Person {
  readonly joined: Joined;
  /** What holds of them, by what it is about; in the order it came up. */
  readonly facts: ReadonlyMap<string, SessionEvent>;
}

/** What holds at a moment: of each person, and of the room. */
interface RoomState {
  readonly people: ReadonlyMap<string, Person>;
  readonly room: ReadonlyMap<string, SessionEvent>;
}

const EMPTY: RoomState = { people: new Map(), room: new Map() };

/**
 * What happened in the recording, in order. What held already when it began is told at 0, and what changed while it paused
 * is told when it goes on; what was written then is left out, and so is what concerns other recordings.
 * @param events in order of time.
 * @param lostPeopleAt milliseconds of the session at which everybody was gone without a word, as after a crash.
 */
export function storyEvents(
  events: readonly SessionEvent[],
  timeline: RecordingTimeline,
  recording: string,
  lostPeopleAt: ReadonlySet<number> = new Set(),
): TimelineEvent[] {
  const { pieces, framerate } = timeline;
  const told: TimelineEvent[] = [];
  let next = 0;
  let known = EMPTY;
  for (const piece of pieces) {
    const fromMs = (piece.from * 1000) / framerate;
    const toMs = (piece.to * 1000) / framerate;
    let state = known;
    if (lostPeopleAt.has(lastEnd(timeline, piece))) state = { people: new Map(), room: state.room };
    const marked: SessionEvent[] = [];
    for (let event = events[next]; event && event.ms < fromMs; next += 1, event = events[next]) {
      state = after(state, event);
      if (event.type === 'marker' && piece !== pieces[0] && concerns(event, recording)) marked.push(event);
    }
    const begins = piece.outputFrame / framerate;
    told.push(...[...difference(known, state, fromMs), ...marked].map((event) => at(event, begins)));
    for (let event = events[next]; event && event.ms < toMs; next += 1, event = events[next]) {
      state = after(state, event);
      const t = timeline.at(event.ms);
      if (t !== undefined && concerns(event, recording)) told.push(at(event, t));
    }
    known = state;
  }
  return told;
}

/** How many live pictures people sent at a moment of the session. */
export function picturesAt(events: readonly SessionEvent[], ms: number): number {
  let state = EMPTY;
  for (const event of events) {
    if (event.ms > ms) break;
    state = after(state, event);
  }
  const facts = [...state.people.values()].flatMap((person) => [...person.facts.values()]);
  return facts.filter((event) => event.type === 'track-added' && event.kind === 'video').length;
}

/** Where the piece before this one ends, in milliseconds of the session; NaN for the first. */
function lastEnd({ pieces, framerate }: RecordingTimeline, piece: RecordingTimeline['pieces'][number]): number {
  const before = pieces[pieces.indexOf(piece) - 1];
  return before ? (before.to * 1000) / framerate : Number.NaN;
}

function concerns(event: SessionEvent, recording: string): boolean {
  // Where it began, paused and ended is what the pieces tell.
  if (event.type === 'recording') return false;
  return event.type !== 'marker' || event.recording === undefined || event.recording === recording;
}

function at(event: SessionEvent, t: number): TimelineEvent {
  const { ms: _, ...rest } = event;
  return { t: Math.round(t * 1000) / 1000, ...rest };
}

/** The state once `event` has happened; the same when it changes nothing that lasts. */
function after(state: RoomState, event: SessionEvent): RoomState {
  switch (event.type) {
    case 'marker':
    case 'chat':
    case 'file':
    case 'file-gone':
    case 'recording':
      return state;
    case 'speaking':
    case 'title':
    case 'layout':
    case 'annotation':
    case 'disk':
    case 'program':
      return { ...state, room: new Map(state.room).set(event.type, event) };
    case 'joined':
      return withPerson(state, { joined: event, facts: state.people.get(event.participant)?.facts ?? new Map() });
    case 'left': {
      const people = new Map(state.people);
      people.delete(event.participant);
      return { ...state, people };
    }
    default: {
      const person = state.people.get(event.participant);
      return person ? withPerson(state, changed(person, event)) : state;
    }
  }
}

type PersonalEvent = Exclude<
  Extract<SessionEvent, { participant: string }>,
  { type: 'joined' | 'left' | 'chat' | 'file' }
>;

function changed(person: Person, event: PersonalEvent): Person {
  if (event.type === 'renamed') return { ...person, joined: { ...person.joined, name: event.name } };
  const facts = new Map(person.facts);
  if (event.type === 'track-removed') {
    facts.delete(`track-added ${event.track}`);
    facts.delete(`track-state ${event.track}`);
  } else {
    facts.set('track' in event ? `${event.type} ${event.track}` : event.type, event);
  }
  return { ...person, facts };
}

function withPerson(state: RoomState, person: Person): RoomState {
  return { ...state, people: new Map(state.people).set(person.joined.participant, person) };
}

/** The events that lead from one state to the other. */
function difference(from: RoomState, to: RoomState, ms: number): SessionEvent[] {
  const gone = [...from.people.keys()].filter((participant) => !to.people.has(participant));
  return [
    ...gone.map((participant): SessionEvent => ({ type: 'left', ms, participant })),
    ...[...to.people].flatMap(([id, person]) => personDifference(from.people.get(id), person, ms)),
    ...newValues(from.room, to.room),
  ];
}

function personDifference(from: Person | undefined, to: Person, ms: number): SessionEvent[] {
  const { participant, name } = to.joined;
  if (!from) return [to.joined, ...to.facts.values()];
  const removed = [...from.facts.values()].flatMap((event): SessionEvent[] => {
    if (event.type !== 'track-added' || to.facts.has(`track-added ${event.track}`)) return [];
    return [{ type: 'track-removed', ms, participant, track: event.track }];
  });
  const renamed: SessionEvent[] = from.joined.name === name ? [] : [{ type: 'renamed', ms, participant, name }];
  return [...renamed, ...removed, ...newValues(from.facts, to.facts)];
}

function newValues(from: ReadonlyMap<string, SessionEvent>, to: ReadonlyMap<string, SessionEvent>): SessionEvent[] {
  return [...to].filter(([key, event]) => from.get(key) !== event).map(([, event]) => event);
}
