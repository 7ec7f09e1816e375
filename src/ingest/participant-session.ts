/**
 * One participant's presence: a control socket with sound, a second one for pictures, their tracks, and the half minute
 * for which all of that survives a cut. connected → detached → connected … → ended.
 */
import { randomBytes } from 'node:crypto';
import { AppError, ProtocolError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { CLOSE_CODES, mayReconnect } from '../protocol/close-codes.ts';
import { decodeFrame } from '../protocol/frame.ts';
import { type AckMessage, type ClientMessage, PROGRAM_TRACK, type PublishMessage } from '../protocol/messages.ts';
import type { Participant, Room } from '../room/room.ts';
import { createTrack } from '../room/track.ts';
import type { Clock, Disposer } from '../util/clock.ts';
import { TokenBucket } from '../util/token-bucket.ts';
import { CaptureAnchor } from './capture-time.ts';
import type { Connection } from './connection.ts';
import { rosterOf } from './roster.ts';
import { TrackIngest, type TrackLimits } from './track-ingest.ts';

/** Where program media leaves for this participant; the room's broadcaster provides it. */
export interface ProgramReceivers {
  showTo(participantId: string, socket: ReceiverPort): void;
  soundTo(participantId: string, socket: ReceiverPort): void;
  refresh(participantId: string): void;
  remove(participantId: string): void;
}

/** A socket as program media sees it. */
export interface ReceiverPort {
  sendFrame(message: Uint8Array): void;
  send(message: Parameters<Connection['send']>[0]): void;
  readonly bufferedBytes: number;
  acknowledged(track: number): number | undefined;
}

/** Options of a session. */
export interface ParticipantSessionOptions {
  readonly room: Room;
  readonly participant: Participant;
  readonly receive: { readonly video: boolean; readonly audio: boolean };
  readonly receivers: () => ProgramReceivers | undefined;
  readonly limits: TrackLimits & { readonly maxTextBytes: number; readonly maxTracks: number };
  readonly resumeMs: number;
  readonly clock: Clock;
  readonly log: Logger;
  /** They left for good; called once. */
  readonly onEnd: () => void;
}

const ACK_MS = 100;
/** A sender obeys a request for a key frame every half second; asking more often is noise. */
const KEYFRAME_MS = 500;
const NOTICE_MS = 5000;
/** Each costs the mixer a decoder and everybody a roster. */
const PUBLICATIONS_PER_SECOND = 1;
const PUBLICATION_BURST = 20;

/** Owned by the ingest server. */
export class ParticipantSession {
  /** Lets a cut connection come back as the same participant. */
  readonly resumeToken = randomBytes(24).toString('base64url');
  /** Lets the second socket in. */
  readonly ticket = randomBytes(24).toString('base64url');
  readonly #options: ParticipantSessionOptions;
  readonly #tracks = new Map<number, TrackIngest>();
  readonly #anchor = new CaptureAnchor();
  readonly #acknowledged = new Map<number, number>();
  readonly #disposers: Disposer[] = [];
  readonly #refreshes: TokenBucket;
  readonly #publications: TokenBucket;
  readonly #lastNotice = new Map<string, number>();
  readonly #lastKeyframeRequest = new Map<number, number>();
  #control: Connection | undefined;
  #video: Connection | undefined;
  #resumeTimer: Disposer | undefined;
  #ended = false;

  constructor(options: ParticipantSessionOptions) {
    this.#options = options;
    const { room, clock } = options;
    this.#refreshes = new TokenBucket(clock, 1000 / KEYFRAME_MS, 1);
    this.#publications = new TokenBucket(clock, PUBLICATIONS_PER_SECOND, PUBLICATION_BURST);
    this.#disposers.push(clock.every(ACK_MS, () => this.#acknowledge()));
    for (const name of ['joined', 'left', 'participantChanged', 'trackAdded', 'trackRemoved', 'trackState'] as const) {
      this.#disposers.push(room.events.on(name, () => this.#sendRoster()));
    }
    this.#disposers.push(room.events.on('changed', () => this.#sendRoom()));
    // Also for somebody who came while everybody else was being sent away.
    this.#disposers.push(room.events.on('ended', () => void this.end(CLOSE_CODES.roomEnded, 'The room has ended.')));
  }

  get participant(): Participant {
    return this.#options.participant;
  }

  get room(): Room {
    return this.#options.room;
  }

  /** Takes the control socket, at first or after a cut; an older one is told that it was replaced. */
  connect(connection: Connection): void {
    this.#resumeTimer?.();
    this.#resumeTimer = undefined;
    const old = this.#control;
    this.#control = connection;
    void old?.close(CLOSE_CODES.conflict, 'You are connected from another page now.');
    connection.accept({
      onMessage: (message) => this.#onMessage(message),
      onFrame: (data) => this.#onFrame(data),
      onClose: (code) => this.#onControlClosed(connection, code),
    });
    this.#welcome(connection);
  }

  /** Takes the picture socket; an older one is closed. */
  attach(connection: Connection): void {
    const old = this.#video;
    this.#video = connection;
    void old?.close(CLOSE_CODES.conflict, 'Another picture socket took over.');
    connection.accept({
      onMessage: (message) => this.#onMessage(message),
      onFrame: (data) => this.#onFrame(data),
      onClose: (code) => {
        if (this.#video !== connection) return;
        this.#video = undefined;
        // Whoever breaks the rules on one socket has broken them on both.
        if (code >= 4000) void this.end(code, 'The picture socket was closed for breaking the protocol.');
      },
    });
    connection.send({ type: 'attached' });
    if (this.#options.receive.video) {
      this.#acknowledged.delete(PROGRAM_TRACK.video);
      this.#options.receivers()?.showTo(this.participant.id, this.#port(connection));
    }
  }

  /** Ends it for good, for example on a kick; resolves when the sockets are gone. */
  async end(code: number, reason: string): Promise<void> {
    const sockets = [this.#control, this.#video].filter((socket) => socket !== undefined);
    this.#finish();
    await Promise.all(sockets.map((socket) => socket.close(code, reason)));
  }

  #welcome(connection: Connection): void {
    const { room, participant, limits, resumeMs, receive } = this.#options;
    connection.send({
      type: 'welcome',
      participant: participant.id,
      room: { id: room.id, title: room.title },
      resume: this.resumeToken,
      resumeMs,
      ticket: this.ticket,
      limits: {
        maxFrameBytes: limits.maxFrameBytes,
        maxMessageBytes: limits.maxTextBytes,
        maxTracks: limits.maxTracks,
      },
    });
    this.#sendRoster();
    this.#sendRoom();
    if (receive.audio) {
      this.#acknowledged.delete(PROGRAM_TRACK.audio);
      this.#options.receivers()?.soundTo(participant.id, this.#port(connection));
    }
  }

  #port(connection: Connection): ReceiverPort {
    return {
      sendFrame: (message) => connection.sendFrame(message),
      send: (message) => connection.send(message),
      get bufferedBytes() {
        return connection.bufferedBytes;
      },
      acknowledged: (track) => this.#acknowledged.get(track),
    };
  }

  #onMessage(message: ClientMessage): void {
    switch (message.type) {
      case 'publish':
        this.#publish(message);
        break;
      case 'unpublish':
        this.#unpublish(message.track);
        break;
      case 'config': {
        const { track } = message;
        const ingest = this.#tracks.get(track);
        // It may cross the end or the refusal of its track on the way; that is nobody's fault.
        if (ingest) ingest.config(message);
        else this.#sendError('unknown_track', `Track ${track} is not published; publish it first.`, track);
        break;
      }
      case 'ack':
        this.#onAck(message);
        break;
      case 'keyframe':
        if (message.track === PROGRAM_TRACK.video && this.#refreshes.take()) {
          this.#options.receivers()?.refresh(this.participant.id);
        }
        break;
      case 'ping': {
        const now = this.#options.clock.wallMs();
        this.#control?.send({ type: 'pong', sentMs: message.sentMs, receivedMs: now, repliedMs: now });
        break;
      }
      case 'bye':
        void this.end(CLOSE_CODES.normal, 'Goodbye.');
        break;
      case 'hello':
      case 'attach':
        throw new ProtocolError('already_greeted', `"${message.type}" comes once, as the first message of a socket.`);
    }
  }

  #publish(message: PublishMessage): void {
    const { room, participant, limits, clock, log } = this.#options;
    if (!this.#publications.take()) {
      this.#sendError('rate_limited', 'Too many tracks were published in a short time; wait a second.', message.track);
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
    const ingest = new TrackIngest({ track, limits, anchor: this.#anchor, clock, onNotice });
    this.#tracks.set(message.track, ingest);
    track.events.on('keyframeWanted', () => this.#requestKeyframe(message.track));
    track.events.on('target', (target) => this.#control?.send({ type: 'target', track: message.track, ...target }));
    track.events.on('refused', ({ code, message: text }) => {
      // The number may have been published anew since.
      if (this.#tracks.get(message.track) !== ingest) return;
      log.warn('a track was refused', { track: message.track, code });
      this.#sendError(code, text, message.track);
      this.#unpublish(message.track);
    });
    this.#control?.send({ type: 'published', track: message.track });
  }

  #unpublish(number: number): void {
    if (!this.#tracks.delete(number)) return;
    this.#options.room.removeTrack(this.participant, number);
  }

  #onFrame(data: Uint8Array): void {
    const frame = decodeFrame(data);
    if (typeof frame === 'string') throw new ProtocolError('bad_frame', frame);
    const track = this.#tracks.get(frame.header.track);
    // A frame may cross an `unpublish` or a refusal on its way; that is nobody's fault.
    if (!track) return;
    track.frame(frame.header, frame.payload);
    if (frame.header.endOfTrack) this.#unpublish(frame.header.track);
  }

  #onAck(message: AckMessage): void {
    if (message.track === PROGRAM_TRACK.video || message.track === PROGRAM_TRACK.audio) {
      this.#acknowledged.set(message.track, message.seq);
    }
  }

  #acknowledge(): void {
    for (const [track, ingest] of this.#tracks) {
      const received = ingest.takeReceived();
      if (!received) continue;
      this.#control?.send({ type: 'ack', track, ...received, receivedMs: this.#options.clock.monotonicMs() });
    }
  }

  #requestKeyframe(track: number): void {
    const now = this.#options.clock.monotonicMs();
    if (now - (this.#lastKeyframeRequest.get(track) ?? Number.NEGATIVE_INFINITY) < KEYFRAME_MS) return;
    this.#lastKeyframeRequest.set(track, now);
    this.#control?.send({ type: 'keyframe', track });
  }

  /** Said once in a while, not for every frame. */
  #notice(track: number, code: string, message: string): void {
    const key = `${track} ${code}`;
    const now = this.#options.clock.monotonicMs();
    if (now - (this.#lastNotice.get(key) ?? Number.NEGATIVE_INFINITY) < NOTICE_MS) return;
    this.#lastNotice.set(key, now);
    this.#sendError(code, message, track);
  }

  #sendError(code: string, message: string, track: number): void {
    this.#control?.send({ type: 'error', code, message, track });
  }

  #sendRoster(): void {
    this.#control?.send({ type: 'roster', participants: rosterOf(this.room) });
  }

  #sendRoom(): void {
    const { title, recording } = this.room;
    this.#control?.send({ type: 'room', title, recording });
  }

  #onControlClosed(connection: Connection, code: number): void {
    if (this.#control !== connection) return;
    this.#control = undefined;
    // A client that closes on purpose, and one that broke the rules, does not come back.
    if (!mayReturn(code)) {
      void this.end(CLOSE_CODES.normal, 'The control socket was closed.');
      return;
    }
    this.#options.log.info('a participant was cut off', { code });
    this.#resumeTimer = this.#options.clock.after(this.#options.resumeMs, () => {
      void this.end(CLOSE_CODES.normal, 'The control socket did not come back.');
    });
  }

  #finish(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#resumeTimer?.();
    for (const dispose of this.#disposers) dispose();
    this.#control = undefined;
    this.#video = undefined;
    this.#tracks.clear();
    this.#options.receivers()?.remove(this.participant.id);
    this.room.leave(this.participant.id);
    this.#options.onEnd();
  }
}

/** Whether the place is kept after this end. 3000–3999 are the client's own: it gives up one connection to make another. */
function mayReturn(code: number): boolean {
  return mayReconnect(code) || (code >= 3000 && code < 4000);
}
