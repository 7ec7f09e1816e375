/** The program, on the sockets of one participant. */
import { type AckMessage, type ClientMessage, PROGRAM_TRACK, type Quality } from '../protocol/messages.ts';
import type { Participant } from '../room/participant.ts';
import type { Clock } from '../util/clock.ts';
import { TokenBucket } from '../util/token-bucket.ts';
import type { Connection } from './connection.ts';

/** Sends program media to participants; the room's broadcaster provides it. */
export interface ProgramReceivers {
  showTo(participantId: string, socket: ReceiverPort): void;
  soundTo(participantId: string, socket: ReceiverPort): void;
  refresh(participantId: string): void;
  setQuality(participantId: string, quality: Quality): void;
  remove(participantId: string): void;
}

/** A participant's socket as the broadcaster sees it. */
export interface ReceiverPort {
  sendFrame(message: Uint8Array): void;
  send(message: Parameters<Connection['send']>[0]): void;
  readonly bufferedBytes: number;
  acknowledged(track: number): AckMessage | undefined;
}

/** Options of a line. */
export interface ProgramLineOptions {
  readonly participant: Participant;
  readonly receivers: () => ProgramReceivers | undefined;
  readonly clock: Clock;
  /** Reaches the participant while they are connected. */
  readonly send: (message: Parameters<Connection['send']>[0]) => void;
}

type ProgramMessage = Extract<ClientMessage, { type: 'ack' | 'keyframe' | 'quality' }>;

/** Least time between requests for a key frame of the program: each sends the newest key frame group again. */
const REFRESH_MS = 500;
/** Time per change of quality: each may start or end an encoder. */
const QUALITY_MS = 5000;
const QUALITY_BURST = 3;

/** Gives the participant nothing until they have a socket for it, and nothing more once it is closed. */
export class ProgramLine {
  readonly #options: ProgramLineOptions;
  /** The newest of each track. */
  readonly #acknowledged = new Map<number, AckMessage>();
  readonly #refreshes: TokenBucket;
  readonly #qualities: TokenBucket;
  #quality: Quality = 'auto';

  constructor(options: ProgramLineOptions) {
    this.#options = options;
    this.#refreshes = new TokenBucket(options.clock, 1000 / REFRESH_MS, 1);
    this.#qualities = new TokenBucket(options.clock, 1000 / QUALITY_MS, QUALITY_BURST);
  }

  /** The sound goes to this socket from now on. */
  soundTo(connection: Connection): void {
    this.#acknowledged.delete(PROGRAM_TRACK.audio);
    this.#receivers?.soundTo(this.#id, this.#port(connection));
  }

  /** The picture goes to this socket from now on, in the quality that was asked for last. */
  showTo(connection: Connection): void {
    this.#acknowledged.delete(PROGRAM_TRACK.video);
    this.#receivers?.showTo(this.#id, this.#port(connection));
    this.#receivers?.setQuality(this.#id, this.#quality);
  }

  /** Handles what the participant says of the program. */
  take(message: ProgramMessage): void {
    switch (message.type) {
      case 'ack':
        if (message.track === PROGRAM_TRACK.video || message.track === PROGRAM_TRACK.audio) {
          this.#acknowledged.set(message.track, message);
        }
        break;
      case 'keyframe':
        if (message.track === PROGRAM_TRACK.video && this.#refreshes.take()) this.#receivers?.refresh(this.#id);
        break;
      case 'quality':
        this.#setQuality(message.quality);
        break;
    }
  }

  close(): void {
    this.#receivers?.remove(this.#id);
  }

  get #receivers(): ProgramReceivers | undefined {
    return this.#options.receivers();
  }

  get #id(): string {
    return this.#options.participant.id;
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

  #setQuality(quality: Quality): void {
    if (quality === this.#quality) return;
    if (!this.#qualities.take()) {
      const message = `The quality changes at most every ${QUALITY_MS / 1000} s; say it again then.`;
      this.#options.send({ type: 'error', code: 'rate_limited', message });
      return;
    }
    this.#quality = quality;
    this.#receivers?.setQuality(this.#id, quality);
  }
}
