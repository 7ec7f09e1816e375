/** The server's side of a room's members: their numbers in the mixer process, the feeds of their tracks, their return sound. */
import type { OpusConfig } from '../media/codec.ts';
import { Stream } from '../media/stream.ts';
import { pts, type WallTime } from '../media/timestamp.ts';
import type { Participant } from '../room/participant.ts';
import type { Track } from '../room/track.ts';
import type { LinkMedia } from './link.ts';
import type { ImageSlot, MemberState } from './link-messages.ts';
import { type FeedTarget, TrackFeed } from './track-feed.ts';

interface Member {
  readonly number: number;
  readonly participant: Participant;
  readonly feeds: Map<number, TrackFeed>;
  readonly returnSound: Stream<OpusConfig>;
  /** Number of this time that they listen; 0: they do not. */
  listening: number;
  /** How often they have begun to listen. */
  listened: number;
}

const RETURN_CONFIG: OpusConfig = { codec: 'opus', codecString: 'opus', sampleRate: 48000, channels: 2 };
const OPUS_FRAMES = 960;

/** Outlives every mixer process: `attach` tells a new one everything. Numbers are never used twice. */
export class MemberFeeds {
  readonly #members = new Map<string, Member>();
  readonly #byNumber = new Map<number, Member>();
  readonly #feeds = new Map<number, TrackFeed>();
  #nextMember = 0;
  #nextTrack = 0;
  #target: FeedTarget | undefined;

  /** Tells this process of everybody and starts their feeds from the newest key frames; undefined: there is none now. */
  attach(target: FeedTarget | undefined): void {
    this.#target = target;
    if (target) for (const member of this.#members.values()) this.#introduce(member);
  }

  join(participant: Participant): void {
    const member: Member = {
      number: this.#nextMember,
      participant,
      feeds: new Map(),
      returnSound: new Stream<OpusConfig>({ label: `return.${participant.id}`, timescale: 48000 }),
      listening: 0,
      listened: 0,
    };
    this.#nextMember += 1;
    this.#members.set(participant.id, member);
    this.#byNumber.set(member.number, member);
    for (const track of participant.tracks.values()) this.#createFeed(member, track);
    this.#introduce(member);
  }

  leave(id: string): void {
    const member = this.#members.get(id);
    if (!member) return;
    this.#members.delete(id);
    this.#byNumber.delete(member.number);
    for (const feed of member.feeds.values()) this.#endFeed(feed);
    member.returnSound.close();
    this.#target?.send({ type: 'leave', participant: member.number });
  }

  leaveAll(): void {
    for (const id of [...this.#members.keys()]) this.leave(id);
  }

  /** Something about a participant changed; `withAvatar`: also their picture. */
  change(id: string, withAvatar: boolean): void {
    const member = this.#members.get(id);
    if (!member) return;
    this.#target?.send({ type: 'member', participant: member.number, state: stateOf(member.participant) });
    if (withAvatar) this.sendImage(member.number, member.participant.avatar);
  }

  addTrack(id: string, track: Track): void {
    const member = this.#members.get(id);
    if (member) this.#startFeed(member, this.#createFeed(member, track));
  }

  removeTrack(id: string, track: Track): void {
    const member = this.#members.get(id);
    const feed = member?.feeds.get(track.number);
    if (!member || feed?.track !== track) return;
    member.feeds.delete(track.number);
    this.#endFeed(feed);
    this.#target?.send({ type: 'untrack', track: feed.number });
  }

  changeTrack(id: string, { number, state }: Track): void {
    const feed = this.#members.get(id)?.feeds.get(number);
    if (feed) this.#target?.send({ type: 'track-state', track: feed.number, state });
  }

  setListening(id: string, listens: boolean): void {
    const member = this.#members.get(id);
    if (!member || member.listening > 0 === listens) return;
    if (listens) member.listened += 1;
    member.listening = listens ? member.listened : 0;
    this.#target?.send({ type: 'listens', participant: member.number, listening: member.listening });
  }

  /** A still picture of the room or of a member, or that there is none. */
  sendImage(slot: ImageSlot, image: Uint8Array | undefined): void {
    this.#target?.send({ type: 'image', slot, data: image && Buffer.from(image).toString('base64') });
  }

  returnSound(id: string): Stream<OpusConfig> | undefined {
    return this.#members.get(id)?.returnSound;
  }

  /**
   * A packet of a member's return sound: its position in the session is counted in samples, and its `config` is the number of
   * the time that they listen. What was still on its way when they began anew is given up: it goes on from packets that
   * their new decoder never got, which makes it up to ten times too loud.
   */
  writeReturn(number: number, { pts: sample, config, data }: LinkMedia, wall: WallTime): void {
    const member = this.#byNumber.get(number);
    if (!member || config !== member.listening) return;
    member.returnSound.write({
      data,
      pts: pts(sample),
      duration: OPUS_FRAMES,
      wallTime: wall,
      keyframe: true,
      config: RETURN_CONFIG,
    });
  }

  /** The track behind a number of the mixer process. */
  track(number: number): Track | undefined {
    return this.#feeds.get(number)?.track;
  }

  /** The participant behind a number of the mixer process. */
  idOf(number: number): string | undefined {
    return this.#byNumber.get(number)?.participant.id;
  }

  #introduce(member: Member): void {
    const { number, participant, listening } = member;
    this.#target?.send({ type: 'join', participant: number, state: stateOf(participant), listening });
    if (participant.avatar) this.sendImage(number, participant.avatar);
    for (const feed of member.feeds.values()) this.#startFeed(member, feed);
  }

  #createFeed(member: Member, track: Track): TrackFeed {
    const feed = new TrackFeed(this.#nextTrack, track);
    this.#nextTrack += 1;
    member.feeds.set(track.number, feed);
    this.#feeds.set(feed.number, feed);
    return feed;
  }

  #startFeed(member: Member, feed: TrackFeed): void {
    if (!this.#target) return;
    const { number, kind, source, state } = feed.track;
    this.#target.send({ type: 'track', participant: member.number, track: feed.number, number, kind, source, state });
    feed.start(this.#target);
  }

  #endFeed(feed: TrackFeed): void {
    this.#feeds.delete(feed.number);
    feed.stop();
  }
}

function stateOf({ id, name, role, silenced, gainDb, detached, hand, withheld }: Participant): MemberState {
  const raised = hand !== undefined && !detached;
  return { id, name, host: role === 'host', silenced, gainDb, detached, hand: raised, withheld };
}
