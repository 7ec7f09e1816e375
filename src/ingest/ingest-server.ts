/** The WebSocket endpoint: upgrades, first messages, and all sessions. One per server. */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { ConflictError, ForbiddenError, NotFoundError, ProtocolError, UnauthorizedError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { EventSink } from '../events/event.ts';
import { CLOSE_CODES } from '../protocol/close-codes.ts';
import { FRAME_HEADER_BYTES } from '../protocol/frame.ts';
import { type ClientMessage, type HelloMessage, parseClientMessage } from '../protocol/messages.ts';
import { type HopObserver, noHopObserver } from '../room/hop-times.ts';
import { clientKey, guestId } from '../room/participant-id.ts';
import { type Participant, type ParticipantRole, createParticipant } from '../room/participant.ts';
import type { Room } from '../room/room.ts';
import type { ClientAddresses } from '../util/client-address.ts';
import type { Clock } from '../util/clock.ts';
import { OwnPauses } from '../util/own-pauses.ts';
import { outwait } from '../util/patience.ts';
import { AddressCount } from './address-count.ts';
import { Connection, type Traffic } from './connection.ts';
import { type DoorOptions, Doors } from './door.ts';
import { mostPieces } from './message-pieces.ts';
import { ParticipantSession, type ParticipantSessionOptions } from './participant-session.ts';
import type { ProgramReceivers } from './program-line.ts';
import type { ProgramSize } from './room-news.ts';
import type { TrackLimits } from './track-ingest.ts';
import type { JoinGrant } from './join-grant.ts';
import { roomEnded, sentOut, takenBack } from './sent-out.ts';
import { SharedLimits } from './shared-limits.ts';
import { SHUTTING_DOWN, type UpgradePolicy, refuseUpgrade, requestUrl, upgradeProblem } from './upgrade.ts';

/** Options of the endpoint. */
export interface IngestServerOptions {
  readonly rooms: { find(id: string): Room | undefined };
  /** Rejects with UnauthorizedError. */
  readonly verifyToken: (token: string, room: string) => Promise<JoinGrant>;
  /** Counts a person who came by an invite; rejects when it is used up. Default: not counted. */
  readonly admitInvited?: (invite: string, participantId: string) => Promise<void>;
  readonly receivers: (roomId: string) => ProgramReceivers | undefined;
  /** Pixels of a room's program. */
  readonly programSize: (roomId: string) => ProgramSize;
  readonly limits: TrackLimits & {
    /** Million pixels a second of all video of one room together. */
    readonly maxRoomMegapixels: number;
    readonly maxTextBytes: number;
    readonly maxTracks: number;
    readonly helloMs: number;
  };
  readonly upgrade: UpgradePolicy;
  readonly addresses: ClientAddresses;
  readonly resumeMs: number;
  readonly chats: ParticipantSessionOptions['chats'];
  /** Whether this is the room's password; rejects with LimitError when that was asked too often. Default: never. */
  readonly isPassword?: (room: Room, password: string, address: string) => Promise<boolean>;
  readonly onKnock?: DoorOptions['onKnock'];
  readonly maxRefused?: number;
  readonly files: ParticipantSessionOptions['files'];
  /** Gets events of hands and of hosts' requests. */
  readonly events: EventSink;
  /** Gets the time that frames take for each hop; default: nobody does. */
  readonly hops?: HopObserver;
  readonly clock: Clock;
  readonly log: Logger;
}

interface Caller {
  readonly roomId: string;
  readonly address: string;
}

/** Is given the HTTP server's `upgrade` events for `/ws`. */
export class IngestServer {
  /** Bytes since the start. */
  readonly traffic: Traffic = { received: 0, sent: 0 };
  /** The rooms' doors. */
  readonly doors: Doors;
  readonly #options: IngestServerOptions;
  readonly #websockets: WebSocketServer;
  readonly #sockets: AddressCount;
  readonly #pauses: OwnPauses;
  readonly #connections = new Set<Connection>();
  /** The grants of connections that have said hello. */
  readonly #grants = new WeakMap<Connection, JoinGrant>();
  /** Those of sessions: by which each began, and by which it goes on. What it may do it may by the first. */
  readonly #stays = new WeakMap<ParticipantSession, { readonly began: JoinGrant; readonly latest: JoinGrant }>();
  readonly #sessions = new Set<ParticipantSession>();
  readonly #shared = new WeakMap<Room, SharedLimits>();
  #closing: Promise<void> | undefined;

  constructor(options: IngestServerOptions) {
    this.#options = options;
    this.doors = new Doors(options);
    this.#sockets = new AddressCount(options.addresses);
    this.#pauses = new OwnPauses(options.clock);
    const { limits } = options;
    // Messages of up to twice the limit are read, to be refused with a sentence; beyond that the socket just closes with 1009.
    const maxPayload = 2 * Math.max(limits.maxFrameBytes + FRAME_HEADER_BYTES, limits.maxTextBytes);
    this.#websockets = new WebSocketServer({
      noServer: true,
      // Coded media does not compress; a compressed message could unfold into anything.
      perMessageDeflate: false,
      maxBufferedChunks: mostPieces(maxPayload),
      maxPayload,
    });
  }

  /** Participants that are connected or may still come back. */
  get participants(): number {
    return this.#sessions.size;
  }

  /** Answers an upgrade request for `/ws`. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const url = requestUrl(request);
    const problem = this.#closing
      ? SHUTTING_DOWN
      : upgradeProblem(request, url, this.#sockets.open(request), this.#options.upgrade);
    if (problem) {
      refuseUpgrade(socket, problem);
      return;
    }
    this.#sockets.add(request, socket);
    this.#websockets.handleUpgrade(request, socket, head, (websocket) => {
      const { clock, log, limits } = this.#options;
      const connection = new Connection(websocket, {
        parse: parseClientMessage,
        clock,
        pauses: this.#pauses,
        log,
        maxTextBytes: limits.maxTextBytes,
        traffic: this.traffic,
      });
      this.#connections.add(connection);
      void connection.closed.then(() => this.#connections.delete(connection));
      this.#greet(connection, {
        roomId: url?.searchParams.get('room') ?? '',
        address: this.#options.addresses.of(request) ?? '',
      });
    });
  }

  /** Ends one participant's session and tells them why; false when there is none. */
  kick(roomId: string, participantId: string): boolean {
    const session = this.#sessionsIn(roomId).find(({ participant }) => participant.id === participantId);
    session?.refuse(sentOut(session.participant, session.room.keptOut));
    return session !== undefined;
  }

  /** Ends all sessions and waiting connections whose grant has been revoked, and tells them why. */
  expel(ends: (grant: JoinGrant) => boolean): void {
    for (const session of this.#sessions) {
      const stay = this.#stays.get(session);
      const ended = stay && [stay.began, stay.latest].find(ends);
      if (ended) session.refuse(takenBack(ended));
    }
    for (const connection of this.#connections) {
      const grant = this.#grants.get(connection);
      if (grant && ends(grant)) connection.fail(takenBack(grant));
    }
  }

  /** Resolves when everybody in a room has received what was sent to them so far, or when `signal` aborts. */
  async told(roomId: string, signal: AbortSignal): Promise<void> {
    await Promise.all(this.#sessionsIn(roomId).map((session) => session.reached(signal)));
  }

  /** Ends the presence of everybody in a room; `reason` is a sentence for them. */
  async endRoom(roomId: string, reason = 'The room has ended.'): Promise<void> {
    await Promise.all(this.#sessionsIn(roomId).map((session) => session.end(CLOSE_CODES.roomEnded, reason)));
  }

  /** Resolves when every socket is gone. */
  close(): Promise<void> {
    this.#closing ??= (async () => {
      const reason = 'The server is shutting down; try again in a moment.';
      // All at once: a connection between hello and welcome must not slip through.
      await Promise.all([
        this.doors.close(),
        ...[...this.#sessions].map((session) => session.end(CLOSE_CODES.goingAway, reason)),
        ...[...this.#connections].map((connection) => connection.close(CLOSE_CODES.goingAway, reason)),
      ]);
      this.#websockets.close();
      this.#pauses.close();
    })();
    return this.#closing;
  }

  #sessionsIn(roomId: string): ParticipantSession[] {
    return [...this.#sessions].filter(({ room }) => room.id === roomId);
  }

  #greet(connection: Connection, from: Caller): void {
    const { clock, limits } = this.#options;
    // A server that stood still has not read yet what was said meanwhile.
    const patience = { ms: limits.helloMs, mostMs: 3 * limits.helloMs };
    const cancel = outwait(clock, patience, () => {
      connection.fail(new ProtocolError('hello_timeout', `Say hello within ${limits.helloMs / 1000} seconds.`, 408));
    });
    let greeted = false;
    connection.accept({
      onMessage: (message) => {
        if (greeted) throw new ProtocolError('not_ready', 'Wait for the answer to the first message.');
        greeted = true;
        cancel();
        this.#onFirst(connection, from, message).catch((error: unknown) => connection.fail(error));
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

  async #onFirst(connection: Connection, from: Caller, message: ClientMessage): Promise<void> {
    if (message.type === 'attach') {
      const session = [...this.#sessions].find(({ ticket }) => ticket === message.ticket);
      if (!session) throw new UnauthorizedError('The ticket is not valid; use the one from the newest "welcome".');
      session.attach(connection);
    } else if (message.type === 'hello') {
      await this.#onHello(connection, from, message);
    } else {
      throw new ProtocolError('hello_expected', 'The first message of a socket is "hello" or "attach".');
    }
  }

  /** Makes all checks before a place in the room, or in the line at its door, is taken. */
  async #onHello(connection: Connection, { roomId, address }: Caller, hello: HelloMessage): Promise<void> {
    const { grant, room } = await this.#check(roomId, hello);
    this.#sharedOf(room).arrive(address);
    this.#grants.set(connection, grant);
    const role = grant.role === 'participant' ? 'participant' : 'host';
    const id = participantId(room, grant, hello);
    const key = clientKey(room.id, hello.identity);
    // Before they can knock.
    if (!this.#resumable(room, hello)) room.keptOut.check({ id, clientKey: key, issuedAt: grant.issuedAt });
    const isIn = (): boolean =>
      role === 'host' || room.find(id) !== undefined || this.#resumable(room, hello) !== undefined;
    if (!isIn()) await this.#askPassword(room, grant, hello, address);
    if (grant.counted === true && grant.invite !== undefined && !this.#resumable(room, hello)) {
      await this.#options.admitInvited?.(grant.invite, id);
    }
    // It may have closed during the checks: nothing would ever end the session of such a participant.
    if (!connection.open) return;
    // Nobody would ever answer at the door of a room that has ended meanwhile.
    if (room.ended) throw roomEnded();
    const enter = (): void => {
      const session = this.#resume(room, hello) ?? this.#create(room, role, { ...grant, id }, hello);
      this.#stays.set(session, { began: this.#stays.get(session)?.began ?? grant, latest: grant });
      session.connect(connection);
    };
    if (isIn()) {
      enter();
      return;
    }
    const name = grant.name ?? hello.name ?? 'Guest';
    await this.doors.arrive(room, {
      id,
      name,
      connection,
      enter: async (waited) => {
        if (waited) await this.#check(roomId, hello);
        if (connection.open) enter();
      },
    });
  }

  /** @throws UnauthorizedError, ForbiddenError, NotFoundError, or AppError `room_ended`. */
  async #check(roomId: string, hello: HelloMessage): Promise<{ readonly grant: JoinGrant; readonly room: Room }> {
    const grant = await this.#options
      .verifyToken(hello.token, roomId)
      .catch((error: unknown) => this.#keptGrant(roomId, hello, error));
    if (grant.room !== undefined && grant.room !== roomId) {
      throw new ForbiddenError('The token is for another room; ask its host for a link to this one.');
    }
    const room = this.#options.rooms.find(roomId);
    if (!room)
      throw new NotFoundError('room_not_found', 'There is no such room; check the link or create the room first.');
    if (room.ended) throw roomEnded();
    if (grant.role === 'viewer')
      throw new ForbiddenError('This link only allows watching; ask the host for an invite.');
    return { grant, room };
  }

  /** Required of people whose link may have been passed around, not of those with a token of their own. @throws UnauthorizedError */
  async #askPassword(room: Room, grant: JoinGrant, { password }: HelloMessage, address: string): Promise<void> {
    if (room.door.settings.password === undefined || grant.identity !== undefined) return;
    if (password === undefined) {
      throw new UnauthorizedError('This room has a password; send it as "password" of "hello".', 'password_needed');
    }
    if (await this.#options.isPassword?.(room, password, address)) return;
    throw new UnauthorizedError('This is not the password of the room; ask its host.', 'password_wrong');
  }

  /** The session that the greeting wants to go on with. */
  #resumable(room: Room, { resume }: HelloMessage): ParticipantSession | undefined {
    if (resume === undefined) return undefined;
    return [...this.#sessions].find((session) => session.room === room && session.resumeToken === resume);
  }

  /**
   * A token is asked for at the door: whoever is in stays when theirs runs out, and a line that breaks afterwards must not be what
   * sends them out. With what was taken back no session is left to go on with. @throws `error` for everybody else
   */
  #keptGrant(roomId: string, hello: HelloMessage, error: unknown): JoinGrant {
    const room = this.#options.rooms.find(roomId);
    const session = room && this.#resumable(room, hello);
    const grant = session && this.#stays.get(session)?.latest;
    if (grant && error instanceof UnauthorizedError && error.code === 'token_expired') return grant;
    throw error;
  }

  #resume(room: Room, hello: HelloMessage): ParticipantSession | undefined {
    const found = this.#resumable(room, hello);
    // Their consent may have changed while they were disconnected.
    if (found && hello.consent !== undefined) found.setConsent(hello.consent);
    return found;
  }

  #create(
    room: Room,
    role: ParticipantRole,
    grant: JoinGrant & { readonly id: string },
    hello: HelloMessage,
  ): ParticipantSession {
    const { clock, log, limits, resumeMs, chats, files, receivers, programSize, events } = this.#options;
    const participant = this.#seat(room, role, grant, hello);
    const shared = this.#sharedOf(room);
    const session: ParticipantSession = new ParticipantSession({
      room,
      participant,
      receive: hello.receive ?? { video: true, audio: true },
      receivers: () => receivers(room.id),
      programSize: () => programSize(room.id),
      budget: shared.budget,
      reactions: shared.reactions,
      events,
      limits,
      resumeMs,
      chats,
      files,
      hops: this.#options.hops ?? noHopObserver,
      clock,
      pauses: this.#pauses,
      log: log.child({ room: room.id, participant: participant.id }),
      onEnd: () => this.#sessions.delete(session),
    });
    this.#sessions.add(session);
    return session;
  }

  /** Takes their place in the room, a new one or that of an earlier session of theirs. */
  #seat(
    room: Room,
    role: ParticipantRole,
    grant: JoinGrant & { readonly id: string },
    hello: HelloMessage,
  ): Participant {
    const { id } = grant;
    const participant = this.#takeOver(room, id, role, hello) ?? createParticipant(id, 'Guest', role);
    const name = grant.name ?? hello.name ?? participant.name;
    const change = { name, ...(hello.consent !== undefined && { consent: hello.consent }) };
    Object.assign(participant, { clientKey: clientKey(room.id, hello.identity), tokenId: grant.tokenId });
    if (room.find(id) !== participant) room.join(Object.assign(participant, change), { issuedAt: grant.issuedAt });
    else if (name !== participant.name || hello.consent !== undefined) room.change(participant, change);
    return participant;
  }

  /** The same person from another page or device: the earlier session is told, and hands its place over. */
  #takeOver(room: Room, id: string, role: ParticipantRole, hello: HelloMessage): Participant | undefined {
    const before = [...this.#sessions].find((other) => other.room === room && other.participant.id === id);
    if (!before) return undefined;
    // A page that was replaced while disconnected could not be told; two pages must not take turns for ever.
    if (hello.resume !== undefined && !before.participant.detached) {
      throw new ConflictError('replaced', 'You are now connected from another page.');
    }
    if (before.participant.role === role) return before.handOver();
    void before.end(CLOSE_CODES.conflict, 'You are now connected from another page.');
    return undefined;
  }

  #sharedOf(room: Room): SharedLimits {
    const { clock, limits } = this.#options;
    const shared = this.#shared.get(room) ?? new SharedLimits(clock, limits.maxRoomMegapixels);
    this.#shared.set(room, shared);
    return shared;
  }
}

/** An id that everybody may see: without the same token and secret nobody can obtain it. */
function participantId(room: Room, grant: JoinGrant, { token, identity }: HelloMessage): string {
  if (grant.identity !== undefined) return grant.identity;
  if (identity === undefined) return `p-${randomBytes(6).toString('base64url')}`;
  return guestId(room.id, token, identity);
}
