/** The tracks of one participant: announcements and frames in, acknowledgements and notices out. */
import { AppError, LimitError, ProtocolError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { decodeFrame } from '../protocol/frame.ts';
import type { OwnConfigMessage, PublishMessage, ServerMessage, StateMessage } from '../protocol/messages.ts';
import type { HopObserver } from '../room/hop-times.ts';
import type { Participant } from '../room/participant.ts';
import type { Room } from '../room/room.ts';
import { type Track, type TrackState, type TrackTarget, createTrack } from '../room/track.ts';
import type { Clock } from '../util/clock.ts';
import { TokenBucket } from '../util/token-bucket.ts';
import { Streak } from '../util/streak.ts';
import { ABUSE_MS, ABUSE_PAUSE_MS } from './abuse.ts';
import { CaptureAnchor } from './capture-time.ts';
import type { DecodeBudget } from './decode-budget.ts';
import { TrackIngest, type TrackLimits } from './track-ingest.ts';

/** Options of a participant's tracks. */
export interface ParticipantTracksOptions {
  readonly room: Room;
  readonly participant: Participant;
  readonly limits: TrackLimits & { readonly maxTracks: number };
  /** Shared by the room. */
  readonly budget: DecodeBudget;
  readonly hops: HopObserver;
  readonly clock: Clock;
  readonly log: Logger;
  /** Reaches the participant while they are connected. */
  readonly send: (message: ServerMessage) => void;
}

/** Senders answer at most one request for a key frame in this time. */
const KEYFRAME_MS = 500;
const NOTICE_MS = 5000;
/** Each publication costs the mixer a decoder, and everybody a roster message. */
const PUBLICATIONS_PER_SECOND = 1;
const PUBLICATION_BURST = 20;
/** A track that the mixer gives up has cost it five decoders; a participant gets no more of them than this. */
const GIVE_UPS_PER_SECOND = 1 / 20;
const GIVE_UP_BURST = 10;
const COSTLY: ReadonlySet<string> = new Set(['decode_failed', 'too_expensive', 'no_keyframe']);
/** Each change of state costs everybody a roster message; nobody presses a button faster. */
const STATES_PER_SECOND = 2;
const STATE_BURST = 10;

interface Entry {
  readonly ingest: TrackIngest;
  /** The newest frame header's flag that was acted on. */
  muted: boolean;
  requestedMs: number;
  /** The target that was sent last. */
  target: TrackTarget | undefined;
}

/** Owned by the participant's session. */
export class ParticipantTracks {
  readonly #options: ParticipantTracksOptions;
  readonly #entries = new Map<number, Entry>();
  /** Why tracks were ended, until they are published again: a sender that was disconnected then has not been told. */
  readonly #ends = new Map<number, { readonly code: string; readonly message: string }>();
  readonly #anchor = new CaptureAnchor();
  readonly #publications: TokenBucket;
  /** Shared by all tracks; only video costs decoders. */
  readonly #giveUps: TokenBucket;
  readonly #states: TokenBucket;
  readonly #strays: TokenBucket;
  readonly #straying: Streak;
  readonly #lastNotice = new Map<string, number>();

  constructor(options: ParticipantTracksOptions) {
    this.#options = options;
    const { clock, limits } = options;
    this.#publications = new TokenBucket(clock, PUBLICATIONS_PER_SECOND, PUBLICATION_BURST);
    this.#giveUps = new TokenBucket(clock, GIVE_UPS_PER_SECOND, GIVE_UP_BURST);
    this.#states = new TokenBucket(clock, STATES_PER_SECOND, STATE_BURST);
    // As many as all tracks could send: a sender that was refused may not have noticed yet.
    const strays = limits.maxFramesPerSecond * limits.maxTracks;
    this.#strays = new TokenBucket(clock, strays, strays * 2);
    this.#straying = new Streak(clock, ABUSE_PAUSE_MS);
  }

  /** Answers `published`, or an error about this track. */
  publish(message: PublishMessage): void {
    const { room, participant, limits, budget, clock } = this.#options;
    if (!this.#publications.take()) {
      const text = 'Too many tracks were published in a short time; wait a second.';
      this.#sendError('rate_limited', text, message.track);
      return;
    }
    const waitMs = message.kind === 'video' ? this.#giveUps.waitMs() : 0;
    if (waitMs > 0) {
      const text = `Too many of your pictures could not be decoded; publish again in ${Math.ceil(waitMs / 1000)} s.`;
      this.#sendError('rate_limited', text, message.track);
      return;
    }
    const track = createTrack(message.track, message.kind, message.source, `${participant.id}.${message.track}`);
    try {
      room.addTrack(participant, track);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.#sendError(error.code, error.message, message.track);
      return;
    }
    const onNotice = (code: string, text: string): void => this.#notice(message.track, code, text);
    const owner = participant.id;
    const soundTrack = (number: number): TrackIngest | undefined => this.#entries.get(number)?.ingest;
    const anchor = this.#anchor;
    const ingest = new TrackIngest({ track, owner, limits, budget, anchor, clock, onNotice, soundTrack });
    this.#ends.delete(message.track);
    this.#entries.set(message.track, {
      ingest,
      muted: false,
      requestedMs: Number.NEGATIVE_INFINITY,
      target: undefined,
    });
    this.#listen(track, ingest);
    this.#options.send({ type: 'published', track: message.track });
  }

  /** Does nothing when there is no such track. */
  unpublish(number: number): void {
    this.#ends.delete(number);
    const entry = this.#entries.get(number);
    if (!entry) return;
    this.#entries.delete(number);
    entry.ingest.close();
    this.#options.room.removeTrack(this.#options.participant, number);
  }

  /** @throws ProtocolError when the codec does not fit the track. */
  config(message: OwnConfigMessage): void {
    const entry = this.#find(message.track);
    entry?.ingest.config(message);
  }

  /** Takes a track's state from its sender; a state that does not fit is answered, not punished. */
  state({ track: number, state }: StateMessage): void {
    const track = this.#find(number)?.ingest.track;
    if (!track) return;
    if (state !== 'live' && state !== (track.kind === 'audio' ? 'muted' : 'paused')) {
      const fitting = track.kind === 'audio' ? '"live" or "muted"' : '"live" or "paused"';
      this.#sendError(
        'wrong_state',
        `Track ${number} is ${track.kind} and cannot be ${state}; say ${fitting}.`,
        number,
      );
    } else if (!this.#setState(track, state)) {
      const text = `At most ${STATES_PER_SECOND} changes of state a second are passed on; say it again in a second.`;
      this.#sendError('rate_limited', text, number);
    }
  }

  /** @throws ProtocolError, LimitError: the connection has to go. */
  frame(data: Uint8Array): void {
    const frame = decodeFrame(data);
    if (typeof frame === 'string') throw new ProtocolError('bad_frame', frame);
    const { header, payload } = frame;
    const entry = this.#entries.get(header.track);
    if (!entry) {
      this.#onStray();
      return;
    }
    entry.ingest.frame(header, payload);
    // A change that comes too soon takes effect at a later frame, whose header says the same.
    if (header.kind === 'audio' && header.muted !== entry.muted) {
      if (this.#setState(entry.ingest.track, header.muted ? 'muted' : 'live')) entry.muted = header.muted;
    }
    // At once: a large frame tells the sender more about the line than all the small ones.
    if (header.kind === 'video' && header.keyframe) this.#acknowledge(header.track, entry);
    if (header.endOfTrack) this.unpublish(header.track);
  }

  /** Milliseconds that are added to capture times to get the room's time; undefined before the first frame. */
  get tiedMs(): number | undefined {
    const { clock, room } = this.#options;
    const { present } = this.#anchor;
    return present === undefined ? undefined : present / 1000 + room.timeMs(clock) - clock.monotonicMs();
  }

  /** Acknowledges what has arrived since the last call. */
  acknowledge(): void {
    const { participant, hops } = this.#options;
    for (const [track, entry] of this.#entries) {
      const { ingest } = entry;
      const transitMs = ingest.takeTransitMs();
      if (transitMs !== undefined && participant.clockAheadMs !== undefined) {
        const media = ingest.track.kind === 'audio' ? 'sound' : 'picture';
        hops.observeHop('capture_ingest', media, transitMs + participant.clockAheadMs);
      }
      this.#acknowledge(track, entry);
    }
  }

  /** Repeats ends and targets to a sender that has reconnected: they may have changed meanwhile. */
  tellAll(): void {
    for (const [track, { code, message }] of this.#ends) {
      this.#options.send({ type: 'error', code, message, track, ended: true });
    }
    for (const [track, { target }] of this.#entries) {
      if (target) this.#options.send({ type: 'target', track, ...target });
    }
  }

  /** Frees what the tracks hold; the room removes the tracks themselves with their participant. */
  close(): void {
    for (const { ingest } of this.#entries.values()) ingest.close();
    this.#entries.clear();
    this.#ends.clear();
  }

  #listen(track: Track, ingest: TrackIngest): void {
    const { number, events } = track;
    // The number may have been published again since.
    const current = (): Entry | undefined => {
      const entry = this.#entries.get(number);
      return entry?.ingest === ingest ? entry : undefined;
    };
    events.on('keyframeWanted', () => {
      const entry = current();
      if (entry) this.#requestKeyframe(number, entry);
    });
    events.on('target', (target) => {
      const entry = current();
      if (!entry) return;
      entry.target = target;
      this.#options.send({ type: 'target', track: number, ...target });
    });
    events.on('refused', ({ code, message }) => {
      if (!current()) return;
      if (track.kind === 'video' && COSTLY.has(code)) this.#giveUps.take();
      this.#options.log.warn('a track was refused', { track: number, code });
      this.#options.send({ type: 'error', code, message, track: number, ended: true });
      this.unpublish(number);
      this.#ends.set(number, { code, message });
    });
  }

  #acknowledge(track: number, { ingest }: Entry): void {
    const received = ingest.takeReceived();
    if (received) this.#options.send({ type: 'ack', track, ...received });
  }

  /** The entry, or an error to the sender: the message may have crossed the end of its track, which is nobody's fault. */
  #find(number: number): Entry | undefined {
    const entry = this.#entries.get(number);
    if (!entry) this.#sendError('unknown_track', `Track ${number} is not published; publish it first.`, number);
    return entry;
  }

  /** Returns false when the state changes too often. */
  #setState(track: Track, state: TrackState): boolean {
    if (track.state === state) return true;
    if (!this.#states.take()) return false;
    this.#options.room.setTrackState(this.#options.participant, track, state);
    return true;
  }

  /** A few frames may cross an `unpublish` or a refusal on their way; a steady stream of them is abuse. */
  #onStray(): void {
    if (this.#strays.take() || this.#straying.hit() < ABUSE_MS) return;
    throw new LimitError(
      'rate_limited',
      'Frames of tracks that are not published kept coming for 10 s; publish first.',
    );
  }

  #requestKeyframe(track: number, entry: Entry): void {
    const now = this.#options.clock.monotonicMs();
    if (now - entry.requestedMs < KEYFRAME_MS) return;
    entry.requestedMs = now;
    this.#options.send({ type: 'keyframe', track });
  }

  /** Sends a notice at most every 5 s, not for every frame. */
  #notice(track: number, code: string, message: string): void {
    const key = `${track} ${code}`;
    const now = this.#options.clock.monotonicMs();
    if (now - (this.#lastNotice.get(key) ?? Number.NEGATIVE_INFINITY) < NOTICE_MS) return;
    this.#lastNotice.set(key, now);
    this.#sendError(code, message, track);
  }

  #sendError(code: string, message: string, track: number): void {
    this.#options.send({ type: 'error', code, message, track });
  }
}
