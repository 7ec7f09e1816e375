/**
 * One participant's presence in a room: a control socket, which also carries sound, a second socket for video, their tracks, and the
 * time (`resumeMs`) for which all of that survives a broken connection. States: connected → detached → connected … → ended.
 */
import { randomBytes } from 'node:crypto';
import { type AppError, ProtocolError } from '../errors.ts';
import type { EventSink } from '../events/event.ts';
import type { Logger } from '../logger.ts';
import { CLOSE_CODES } from '../protocol/close-codes.ts';
import type { ClientMessage } from '../protocol/messages.ts';
import type { HopObserver } from '../room/hop-times.ts';
import type { Participant } from '../room/participant.ts';
import type { Room } from '../room/room.ts';
import type { Clock, Disposer } from '../util/clock.ts';
import type { OwnPauses } from '../util/own-pauses.ts';
import { TokenBucket } from '../util/token-bucket.ts';
import { ChatLine, type ChatLineOptions } from './chat-line.ts';
import { FileLine, type FileSource } from './file-line.ts';
import { ClientReports } from './client-reports.ts';
import type { Connection } from './connection.ts';
import type { DecodeBudget } from './decode-budget.ts';
import { DoorNews } from './door-news.ts';
import { mayReturn } from './may-return.ts';
import { ModerationLine } from './moderation-line.ts';
import { ParticipantTracks } from './participant-tracks.ts';
import { ProgramLine, type ProgramLineOptions } from './program-line.ts';
import { type ProgramSize, RoomNews } from './room-news.ts';
import type { TrackLimits } from './track-ingest.ts';

/** Options of a session. */
export interface ParticipantSessionOptions {
  readonly room: Room;
  readonly participant: Participant;
  readonly receive: { readonly video: boolean; readonly audio: boolean };
  readonly receivers: ProgramLineOptions['receivers'];
  readonly programSize: () => ProgramSize;
  /** Shared by the room. */
  readonly budget: DecodeBudget;
  readonly limits: TrackLimits & { readonly maxTextBytes: number; readonly maxTracks: number };
  readonly resumeMs: number;
  readonly chats: ChatLineOptions['chats'];
  readonly files: FileSource;
  /** Shared by the room. */
  readonly reactions: TokenBucket;
  readonly events: EventSink;
  readonly hops: HopObserver;
  readonly clock: Clock;
  /** Of the server. */
  readonly pauses: OwnPauses;
  readonly log: Logger;
  /** Called once, when the session is over. */
  readonly onEnd: () => void;
}

const ACK_MS = 100;
/** Each agreement costs everybody a roster message, and the session's events a line. */
const AGREEMENTS_PER_SECOND = 0.5;
const AGREEMENT_BURST = 5;

/** Owned by the ingest server. */
export class ParticipantSession {
  /** Lets a client resume this session after a broken connection. */
  readonly resumeToken = randomBytes(24).toString('base64url');
  /** Lets the client attach the video socket. */
  readonly ticket = randomBytes(24).toString('base64url');
  readonly #options: ParticipantSessionOptions;
  readonly #tracks: ParticipantTracks;
  readonly #reports: ClientReports;
  readonly #news: RoomNews;
  readonly #doorNews: DoorNews;
  readonly #chat: ChatLine;
  readonly #files: FileLine;
  readonly #moderation: ModerationLine;
  readonly #program: ProgramLine;
  readonly #disposers: Disposer[] = [];
  readonly #agreements: TokenBucket;
  #control: Connection | undefined;
  #video: Connection | undefined;
  #resumeTimer: Disposer | undefined;
  #ended = false;

  constructor(options: ParticipantSessionOptions) {
    this.#options = options;
    const { room, participant, clock } = options;
    const send = (message: Parameters<Connection['send']>[0]): void => this.#control?.send(message);
    this.#tracks = new ParticipantTracks({ ...options, send });
    this.#reports = new ClientReports({ ...options, send });
    this.#news = new RoomNews({ room, participant, programSize: options.programSize, send });
    this.#doorNews = new DoorNews({ room, participant, clock, send });
    this.#chat = new ChatLine({ ...options, send });
    this.#files = new FileLine({ ...options, send });
    this.#moderation = new ModerationLine({ ...options, send });
    this.#program = new ProgramLine({ ...options, send });
    this.#agreements = new TokenBucket(clock, AGREEMENTS_PER_SECOND, AGREEMENT_BURST);
    this.#disposers.push(clock.every(ACK_MS, () => this.#acknowledge()));
    // Also for a participant who joined while everybody else was being sent away.
    this.#disposers.push(room.events.on('ended', () => void this.end(CLOSE_CODES.roomEnded, 'The room has ended.')));
  }

  get participant(): Participant {
    return this.#options.participant;
  }

  get room(): Room {
    return this.#options.room;
  }

  /** Takes the control socket, the first or a later one; an older one is closed as replaced. */
  connect(connection: Connection): void {
    this.#resumeTimer?.();
    this.#resumeTimer = undefined;
    // While no socket gets the room's news, so that `welcome` is the first message.
    if (this.participant.detached) this.room.change(this.participant, { detached: false });
    const old = this.#control;
    this.#control = connection;
    void old?.close(CLOSE_CODES.conflict, 'You are now connected from another page.');
    connection.accept({
      onMessage: (message) => this.#onMessage(message),
      onFrame: (data) => this.#tracks.frame(data),
      onClose: (code) => this.#onControlClosed(connection, code),
    });
    this.#welcome(connection);
  }

  /** Resolves when the client has received everything sent so far, when it is disconnected, or when `signal` aborts. */
  async reached(signal: AbortSignal): Promise<void> {
    await this.#control?.reached(signal);
  }

  /** Takes the video socket; an older one is closed. */
  attach(connection: Connection): void {
    const old = this.#video;
    this.#video = connection;
    void old?.close(CLOSE_CODES.conflict, 'Another picture socket took over.');
    connection.accept({
      onMessage: (message) => this.#onMessage(message),
      onFrame: (data) => this.#tracks.frame(data),
      onClose: (code) => {
        if (this.#video !== connection) return;
        this.#video = undefined;
        // A violation on one socket ends both.
        if (code >= 4000) void this.end(code, 'The picture socket was closed for breaking the protocol.');
      },
    });
    connection.send({ type: 'attached' });
    if (this.#options.receive.video) this.#program.showTo(connection);
  }

  /** Sets whether they agree to being recorded. */
  setConsent(consent: boolean): void {
    if (consent !== this.participant.consent) this.room.change(this.participant, { consent });
  }

  /** Ends the session because of `error`: both sockets say why, as it is not known which of them the client sees closed first. */
  refuse(error: AppError): void {
    const sockets = [this.#control, this.#video];
    this.#finish();
    for (const socket of sockets) socket?.fail(error);
  }

  /** Ends the session in an orderly way, for example when the room ends; resolves when the sockets are gone. */
  async end(code: number, reason: string): Promise<void> {
    const sockets = [this.#control, this.#video].filter((socket) => socket !== undefined);
    this.#finish();
    await Promise.all(sockets.map((socket) => socket.close(code, reason)));
  }

  /**
   * Ends this session but leaves its participant in the room for another session of the same person. What was published ends, and
   * these sockets are closed as replaced.
   */
  handOver(): Participant {
    const { participant, room } = this;
    const sockets = [this.#control, this.#video];
    this.#release();
    for (const number of [...participant.tracks.keys()]) room.removeTrack(participant, number);
    participant.signals = [];
    participant.clockAheadMs = undefined;
    for (const socket of sockets) void socket?.close(CLOSE_CODES.conflict, 'You are now connected from another page.');
    return participant;
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
    this.#news.tellAll();
    this.#doorNews.tell();
    this.#chat.tellAll();
    this.#files.tellAll();
    this.#tracks.tellAll();
    if (receive.audio) this.#program.soundTo(connection);
  }

  #onMessage(message: ClientMessage): void {
    switch (message.type) {
      case 'publish':
        this.#tracks.publish(message);
        break;
      case 'unpublish':
        this.#tracks.unpublish(message.track);
        break;
      case 'config':
        this.#tracks.config(message);
        break;
      case 'state':
        this.#tracks.state(message);
        break;
      case 'stats':
        this.#reports.stats(message);
        break;
      case 'signal':
        this.#reports.signal(message);
        break;
      case 'consent':
        this.#hearConsent(message.given);
        break;
      case 'chat-say':
      case 'chat-edit':
      case 'chat-delete':
      case 'chat-since':
      case 'chat-before':
      case 'chat-typing':
        this.#chat.take(message);
        break;
      case 'hand':
      case 'react':
      case 'ask-unmute':
      case 'ask-video':
      case 'answer':
        this.#moderation.take(message);
        break;
      case 'quality':
      case 'ack':
      case 'keyframe':
        this.#program.take(message);
        break;
      case 'ping': {
        const now = this.room.timeMs(this.#options.clock);
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

  #acknowledge(): void {
    this.#reports.tie(this.#tracks.tiedMs);
    this.#tracks.acknowledge();
  }

  /** Only agreements are limited: between any two refusals that change something lies one. */
  #hearConsent(given: boolean): void {
    if (given && this.participant.consent !== true && !this.#agreements.take()) {
      const message = 'You changed your mind on being recorded too often; agree again in some seconds.';
      this.#control?.send({ type: 'error', code: 'rate_limited', message });
      return;
    }
    this.setConsent(given);
  }

  #onControlClosed(connection: Connection, code: number): void {
    if (this.#control !== connection) return;
    this.#control = undefined;
    // A client that closed on purpose or broke the rules does not come back.
    if (!mayReturn(code)) {
      void this.end(CLOSE_CODES.normal, 'The control socket was closed.');
      return;
    }
    this.#options.log.info('a participant was cut off', { code });
    this.room.change(this.participant, { detached: true });
    this.#resumeTimer = this.#options.clock.after(this.#options.resumeMs, () => {
      void this.end(CLOSE_CODES.normal, 'The control socket did not come back.');
    });
  }

  #finish(): void {
    if (this.#ended) return;
    this.#release();
    this.room.leave(this.participant.id);
  }

  /** Frees everything but the place in the room. */
  #release(): void {
    this.#ended = true;
    this.#resumeTimer?.();
    for (const dispose of this.#disposers) dispose();
    this.#control = undefined;
    this.#video = undefined;
    this.#news.close();
    this.#doorNews.close();
    this.#chat.close();
    this.#files.close();
    this.#moderation.close();
    this.#tracks.close();
    this.#program.close();
    this.#options.onEnd();
  }
}
