/** Who is there, with which tracks in which state, at one moment of a recording: events go in, in order. Pure. */
import { type Annotation, annotationSchema } from '../../layout/annotation.ts';
import { type Candidate, type Layout, layoutSchema } from '../../layout/layout.ts';
import type { TrackSource, TrackState } from '../../room/track.ts';
import type { TimelineEvent } from '../archive/archive-timeline-file.ts';

/** A track as its participant numbers it. */
export interface StateTrack {
  readonly number: number;
  readonly kind: 'video' | 'audio';
  readonly source: TrackSource;
  /** Larger for what was added later, in the whole recording. */
  readonly since: number;
  /** Seconds of the recording. */
  readonly addedAt: number;
  state: TrackState;
}

/** Somebody who is there. */
export interface StatePerson {
  readonly id: string;
  name: string;
  readonly host: boolean;
  /** Seconds of the recording; undefined while their connection holds. */
  lostAt: number | undefined;
  silenced: boolean;
  /** They refused to be recorded. */
  withheld: boolean;
  /** By how much the program showed what they sent later than it was captured, seconds. */
  delay: number;
  /** By number, in the order they were added. */
  readonly tracks: Map<number, StateTrack>;
}

/** A track that can be placed, and whose it is. */
export interface Placeable {
  readonly candidate: Candidate;
  readonly person: StatePerson;
  readonly track: StateTrack | undefined;
}

/** Seconds that the program is usually behind, for what was recorded without saying. */
const USUAL_DELAY = 0.06;

/** Folds events. */
export class RenderState {
  readonly #without: ReadonlySet<string>;
  /** In the order they joined. */
  readonly #people = new Map<string, StatePerson>();
  #added = 0;
  layout: Layout = layoutSchema.parse({});
  annotation: Annotation = annotationSchema.parse({});
  title: string;
  speaking: ReadonlySet<string> = new Set();
  speaker: string | undefined;

  /** @param without ids of people of whom nothing is wanted */
  constructor(title: string, without: readonly string[]) {
    this.title = title;
    this.#without = new Set(without);
  }

  get people(): IterableIterator<StatePerson> {
    return this.#people.values();
  }

  /** Whether anything that is seen may have changed. */
  apply(event: TimelineEvent): boolean {
    switch (event.type) {
      case 'joined':
        return this.#join(event.participant, event.name, event.role === 'host');
      case 'left':
        return this.#people.delete(event.participant);
      case 'track-added':
        return this.#add(event);
      case 'title':
        this.title = event.title;
        return true;
      case 'layout':
        return this.#setLayout(event.layout);
      case 'annotation':
        return this.#setAnnotation(event.annotation);
      case 'speaking':
        this.speaking = new Set(event.participants.filter((id) => !this.#without.has(id)));
        // Whoever is left out is not shown as the one who speaks; the floor stays where it was.
        if (event.speaker === undefined || !this.#without.has(event.speaker)) this.speaker = event.speaker;
        return true;
      default:
        return this.#changePerson(event);
    }
  }

  /** One for each picture, one for everybody without; people in the order they joined, pictures in the order they were added. */
  placeables(): Placeable[] {
    return [...this.#people.values()].flatMap((person): Placeable[] => {
      const videos = [...person.tracks.values()].filter(({ kind }) => kind === 'video');
      if (videos.length === 0) {
        return [{ candidate: { key: person.id, participant: person.id, source: 'none' }, person, track: undefined }];
      }
      return videos.map((track) => ({
        candidate: {
          key: `${person.id}/${track.number}`,
          participant: person.id,
          source: track.source === 'mic' ? 'camera' : track.source,
          since: track.since,
        },
        person,
        track,
      }));
    });
  }

  #join(id: string, name: string, host: boolean): boolean {
    if (this.#without.has(id)) return false;
    // Whoever comes back keeps no track: they are added again.
    this.#people.delete(id);
    const person = {
      id,
      name,
      host,
      lostAt: undefined,
      silenced: false,
      withheld: false,
      delay: USUAL_DELAY,
      tracks: new Map(),
    };
    this.#people.set(id, person);
    return true;
  }

  #add({ participant, track: number, kind, source, t }: Extract<TimelineEvent, { type: 'track-added' }>): boolean {
    const tracks = this.#people.get(participant)?.tracks;
    if (!tracks) return false;
    this.#added += 1;
    tracks.delete(number);
    tracks.set(number, { number, kind, source, since: this.#added, addedAt: t, state: 'live' });
    return true;
  }

  /** What does not hold any more, as a policy that a later version has, leaves the one before in force. */
  #setLayout(value: unknown): boolean {
    const parsed = layoutSchema.safeParse(value);
    if (parsed.success) this.layout = parsed.data;
    return parsed.success;
  }

  #setAnnotation(value: unknown): boolean {
    const parsed = annotationSchema.safeParse(value);
    if (parsed.success) this.annotation = parsed.data;
    return parsed.success;
  }

  #changePerson(event: TimelineEvent): boolean {
    if (!('participant' in event)) return false;
    const person = this.#people.get(event.participant);
    if (!person) return false;
    switch (event.type) {
      case 'renamed':
        person.name = event.name;
        return true;
      case 'connection':
        person.lostAt = event.connected ? undefined : event.t;
        return true;
      case 'loudness':
        person.silenced = event.silenced;
        return true;
      case 'consent':
        person.withheld = !event.given;
        return true;
      case 'playout':
        person.delay = event.delayMs / 1000;
        return true;
      case 'track-removed':
        return person.tracks.delete(event.track);
      case 'track-state': {
        const track = person.tracks.get(event.track);
        if (track) track.state = event.state;
        return track !== undefined;
      }
      default:
        return false;
    }
  }
}
