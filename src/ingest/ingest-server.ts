/** The WebSocket door: upgrades, first messages, who is connected. One per server. */
import { createHash, randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { AppError, ConflictError, ForbiddenError, NotFoundError, ProtocolError, UnauthorizedError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { CLOSE_CODES } from '../protocol/close-codes.ts';
import { FRAME_HEADER_BYTES } from '../protocol/frame.ts';
import type { ClientMessage, HelloMessage } from '../protocol/messages.ts';
import { type HopObserver, noHopObserver } from '../room/hop-times.ts';
import { type Participant, type ParticipantRole, type Room, createParticipant } from '../room/room.ts';
import type { Clock } from '../util/clock.ts';
import { Connection, type Traffic } from './connection.ts';
import { DecodeBudget } from './decode-budget.ts';
import { ParticipantSession, type ParticipantSessionOptions, type ProgramReceivers } from './participant-session.ts';
import type { ProgramSize } from './room-news.ts';
import type { TrackLimits } from './track-ingest.ts';
import { type UpgradePolicy, refuseUpgrade, requestUrl, upgradeProblem } from './upgrade.ts';

/** What a token allows, as far as joining is concerned. */
export interface JoinGrant {
  readonly role: 'admin' | 'host' | 'participant' | 'viewer';
  /** The only room it is good for; undefined: all of them. */
  readonly room?: string | undefined;
  /** A name the holder cannot change. */
  readonly name?: string | undefined;
  /** The same person on all their devices: a second connection replaces the first. */
  readonly identity?: string | undefined;
}

/** Options of the door. */
export interface IngestServerOptions {
  readonly rooms: { find(id: string): Room | undefined };
  /** Rejects with UnauthorizedError. */
  readonly verifyToken: (token: string) => Promise<JoinGrant>;
  readonly receivers: (roomId: string) => ProgramReceivers | undefined;
  /** Pixels of a room's program. */
  readonly programSize: (roomId: string) => ProgramSize;
  readonly limits: TrackLimits & {
    /** Million pixels a second that the pictures of one room may have together. */
    readonly maxRoomMegapixels: number;
    readonly maxTextBytes: number;
    readonly maxTracks: number;
    readonly helloMs: number;
  };
  readonly upgrade: UpgradePolicy;
  readonly resumeMs: number;
  readonly chats: ParticipantSessionOptions['chats'];
  /** Told how long frames take for the parts of their way; default nobody. */
  readonly hops?: HopObserver;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Gets the HTTP server's `upgrade` events. */
export class IngestServer {
  /** Since the start. */
  readonly traffic: Traffic = { received: 0, sent: 0 };
  readonly #options: IngestServerOptions;
  readonly #websockets: WebSocketServer;
  readonly #sockets = new Map<string, number>();
  readonly #connections = new Set<Connection>();
  readonly #sessions = new Set<ParticipantSession>();
  readonly #budgets = new WeakMap<Room, DecodeBudget>();
  #closing: Promise<void> | undefined;

  constructor(options: IngestServerOptions) {
    this.#options = options;
    const { limits } = options;
    this.#websockets = new WebSocketServer({
      noServer: true,
      // Coded media does not compress; a compressed message could unfold into anything.
      perMessageDeflate: false,
      // Twice what is allowed is still read, to be refused with a sentence; beyond that the socket just closes with 1009.
      maxPayload: 2 * Math.max(limits.maxFrameBytes + FRAME_HEADER_BYTES, limits.maxTextBytes),
    });
  }

  /** Participants that are connected or may still come back. */
  get participants(): number {
    return this.#sessions.size;
  }

  /** Answers an upgrade request for `/ws`. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const address = request.socket.remoteAddress ?? '';
    const url = requestUrl(request);
    const problem = this.#closing
      ? { status: 503, message: 'The server is shutting down.' }
      : upgradeProblem(request, url, this.#sockets.get(address) ?? 0, this.#options.upgrade);
    if (problem) {
      refuseUpgrade(socket, problem);
      return;
    }
    this.#sockets.set(address, (this.#sockets.get(address) ?? 0) + 1);
    socket.once('close', () => {
      const left = (this.#sockets.get(address) ?? 1) - 1;
      if (left > 0) this.#sockets.set(address, left);
      else this.#sockets.delete(address);
    });
    this.#websockets.handleUpgrade(request, socket, head, (websocket) => {
      const { clock, log, limits } = this.#options;
      const connection = new Connection(websocket, {
        clock,
        log,
        maxTextBytes: limits.maxTextBytes,
        traffic: this.traffic,
      });
      this.#connections.add(connection);
      void connection.closed.then(() => this.#connections.delete(connection));
      this.#greet(connection, url?.searchParams.get('room') ?? '');
    });
  }

  /** Ends one participant's presence; false when they are not here. */
  kick(roomId: string, participantId: string): boolean {
    for (const session of this.#sessions) {
      if (session.room.id !== roomId || session.participant.id !== participantId) continue;
      void session.end(CLOSE_CODES.forbidden, 'A host has removed you from the room.');
      return true;
    }
    return false;
  }

  /** Resolves when everybody in a room has received what was said to them so far, or when `signal` aborts. */
  async told(roomId: string, signal: AbortSignal): Promise<void> {
    const sessions = [...this.#sessions].filter((session) => session.room.id === roomId);
    await Promise.all(sessions.map((session) => session.reached(signal)));
  }

  /** Ends the presence of everybody in a room. */
  async endRoom(roomId: string): Promise<void> {
    const sessions = [...this.#sessions].filter((session) => session.room.id === roomId);
    await Promise.all(sessions.map((session) => session.end(CLOSE_CODES.roomEnded, 'The room has ended.')));
  }

  /** Resolves when every socket is gone. */
  close(): Promise<void> {
    this.#closing ??= (async () => {
      const reason = 'The server is shutting down; try again in a moment.';
      // All in one go: whoever is between hello and welcome must not slip through.
      await Promise.all([
        ...[...this.#sessions].map((session) => session.end(CLOSE_CODES.goingAway, reason)),
        ...[...this.#connections].map((connection) => connection.close(CLOSE_CODES.goingAway, reason)),
      ]);
      this.#websockets.close();
    })();
    return this.#closing;
  }

  #greet(connection: Connection, roomId: string): void {
    const { clock, limits } = this.#options;
    const cancel = clock.after(limits.helloMs, () => {
      connection.fail(new ProtocolError('hello_timeout', `Say hello within ${limits.helloMs / 1000} seconds.`, 408));
    });
    let greeted = false;
    connection.accept({
      onMessage: (message) => {
        if (greeted) throw new ProtocolError('not_ready', 'Wait for the answer to the first message.');
        greeted = true;
        cancel();
        this.#onFirst(connection, roomId, message).catch((error: unknown) => connection.fail(error));
      },
      onFrame: () => {
        throw new ProtocolError(
          'hello_expected',
          'The first message of a socket is "hello" or "attach", as JSON text.',
        );
      },
      onClose: cancel,
    });
  }

  async #onFirst(connection: Connection, roomId: string, message: ClientMessage): Promise<void> {
    if (message.type === 'attach') {
      const session = [...this.#sessions].find(({ ticket }) => ticket === message.ticket);
      if (!session) throw new UnauthorizedError('The ticket does not hold; take the one of the newest "welcome".');
      session.attach(connection);
    } else if (message.type === 'hello') {
      const session = await this.#sessionFor(roomId, message);
      // It may have gone, or broken the rules and be on its way out: nobody would ever miss such a participant.
      if (!connection.open) return;
      session().connect(connection);
    } else {
      throw new ProtocolError('hello_expected', 'The first message of a socket is "hello" or "attach".');
    }
  }

  /** Checks everything that can be checked before a place in the room is taken; the returned function takes it. */
  async #sessionFor(roomId: string, hello: HelloMessage): Promise<() => ParticipantSession> {
    const grant = await this.#options.verifyToken(hello.token);
    if (grant.room !== undefined && grant.room !== roomId) {
      throw new ForbiddenError('The token is for another room; ask its host for a link to this one.');
    }
    const room = this.#options.rooms.find(roomId);
    if (!room)
      throw new NotFoundError('room_not_found', 'There is no such room; check the link or create the room first.');
    if (room.ended) throw roomEnded();
    if (grant.role === 'viewer')
      throw new ForbiddenError('This link only allows watching; ask the host for an invite.');
    return () =>
      this.#resume(room, hello) ??
      this.#create(room, grant.role === 'participant' ? 'participant' : 'host', grant, hello);
  }

  #resume(room: Room, hello: HelloMessage): ParticipantSession | undefined {
    if (hello.resume === undefined) return undefined;
    const found = [...this.#sessions].find((session) => session.room === room && session.resumeToken === hello.resume);
    // What they said of being recorded while the line was dead.
    if (found && hello.consent !== undefined) found.setConsent(hello.consent);
    return found;
  }

  #create(room: Room, role: ParticipantRole, grant: JoinGrant, hello: HelloMessage): ParticipantSession {
    const { clock, log, limits, resumeMs, chats, receivers, programSize, hops = noHopObserver } = this.#options;
    const id = participantId(room, grant, hello);
    const participant = this.#takeOver(room, id, role, hello) ?? createParticipant(id, 'Guest', role);
    const name = grant.name ?? hello.name ?? participant.name;
    const change = { name, ...(hello.consent !== undefined && { consent: hello.consent }) };
    if (room.find(id) !== participant) room.join(Object.assign(participant, change));
    else if (name !== participant.name || hello.consent !== undefined) room.change(participant, change);
    const session: ParticipantSession = new ParticipantSession({
      room,
      participant,
      receive: hello.receive ?? { video: true, audio: true },
      receivers: () => receivers(room.id),
      programSize: () => programSize(room.id),
      budget: this.#budget(room),
      limits,
      resumeMs,
      chats,
      hops,
      clock,
      log: log.child({ room: room.id, participant: id }),
      onEnd: () => this.#sessions.delete(session),
    });
    this.#sessions.add(session);
    return session;
  }

  /** The same person from another page or device: whoever was connected as them is told, and their place is given away. */
  #takeOver(room: Room, id: string, role: ParticipantRole, hello: HelloMessage): Participant | undefined {
    const before = [...this.#sessions].find((other) => other.room === room && other.participant.id === id);
    if (!before) return undefined;
    // It was replaced while it was cut off and could not be told; two pages must not take turns for ever.
    if (hello.resume !== undefined && !before.participant.detached) {
      throw new ConflictError('replaced', 'You are connected from another page now.');
    }
    if (before.participant.role === role) return before.handOver();
    void before.end(CLOSE_CODES.conflict, 'You are connected from another page now.');
    return undefined;
  }

  #budget(room: Room): DecodeBudget {
    const budget = this.#budgets.get(room) ?? new DecodeBudget(this.#options.limits.maxRoomMegapixels);
    this.#budgets.set(room, budget);
    return budget;
  }
}

/** Nobody but who holds the same token and knows the same secret can come to the same id; everybody sees the id. */
function participantId(room: Room, grant: JoinGrant, { token, identity }: HelloMessage): string {
  if (grant.identity !== undefined) return grant.identity;
  if (identity === undefined) return `p-${randomBytes(6).toString('base64url')}`;
  const secret = JSON.stringify([room.id, token, identity]);
  return `p-${createHash('sha256').update(secret).digest('base64url').slice(0, 16)}`;
}

/** A room is still known while its last session is being written. */
function roomEnded(): AppError {
  return new AppError('The room has ended.', { code: 'room_ended', fault: 'client', status: 410 });
}
