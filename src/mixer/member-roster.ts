/** Everybody in the room as the mixer process knows them, with their tracks. Bookkeeping only: owners end the sources. */
import type { VideoConfig } from '../media/codec.ts';
import type { TrackSource, TrackState } from '../room/track.ts';
import type { AgeMeter } from './age-meter.ts';
import type { AudioSource } from './audio-source.ts';
import type { MemberState } from './link-messages.ts';
import type { PlayoutClock } from './playout-clock.ts';
import type { RgbaImage } from './still-image.ts';
import type { VideoSource } from './video-source.ts';

interface EntryBase {
  /** The link's number for it. */
  readonly track: number;
  /** The participant's own number for it. */
  readonly number: number;
  readonly origin: TrackSource;
  state: TrackState;
}
/** A picture. */
export interface VideoEntry extends EntryBase {
  readonly kind: 'video';
  readonly source: VideoSource;
  /** How old its pictures are when they are drawn, by their capture times. */
  readonly age: AgeMeter;
  /** The newest only: the link keeps the order, so nothing comes for an older one. */
  config: { readonly id: number; readonly config: VideoConfig } | undefined;
}
/** A sound. */
export interface AudioEntry extends EntryBase {
  readonly kind: 'audio';
  readonly source: AudioSource;
}
/** Told apart by `kind`. */
export type TrackEntry = VideoEntry | AudioEntry;

/** Somebody in the room. */
export interface Member {
  readonly number: number;
  state: MemberState;
  /** Number of this time that they listen; 0: they do not. */
  listening: number;
  /** When their connection was cut, milliseconds; undefined while it holds. */
  detachedSinceMs: number | undefined;
  /** They may be kept from then on, milliseconds: what is made up for afterwards is of before. */
  keptFromMs: number;
  readonly playout: PlayoutClock;
  /** By the link's number. */
  readonly tracks: Map<number, TrackEntry>;
  avatar: RgbaImage | undefined;
}

/** Whether nothing of a member may be in the program that is due at `nowMs`. */
export function isWithheld({ state, keptFromMs }: Pick<Member, 'state' | 'keptFromMs'>, nowMs: number): boolean {
  return state.withheld || nowMs < keptFromMs;
}

/** How layouts and senders name a track. */
export function trackKey(member: Member, entry: VideoEntry): string {
  return `${member.state.id}/${entry.number}`;
}

/** The member's pictures in the order they were published. */
export function videosOf(member: Member): VideoEntry[] {
  return [...member.tracks.values()].filter((entry) => entry.kind === 'video');
}

/** Members stand in the order they joined. */
export class MemberRoster {
  readonly #members = new Map<number, Member>();
  readonly #owners = new Map<number, Member>();

  get members(): IterableIterator<Member> {
    return this.#members.values();
  }

  find(number: number): Member | undefined {
    return this.#members.get(number);
  }

  add(member: Member): void {
    this.#members.set(member.number, member);
  }

  /** Forgets a member whose tracks are gone. */
  remove(number: number): void {
    this.#members.delete(number);
  }

  addTrack(member: Member, entry: TrackEntry): void {
    member.tracks.set(entry.track, entry);
    this.#owners.set(entry.track, member);
  }

  /** A track and whose it is. */
  track(track: number): { readonly member: Member; readonly entry: TrackEntry } | undefined {
    const member = this.#owners.get(track);
    const entry = member?.tracks.get(track);
    return member && entry && { member, entry };
  }

  removeTrack(track: number): void {
    this.#owners.get(track)?.tracks.delete(track);
    this.#owners.delete(track);
  }
}
