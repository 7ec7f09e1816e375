/** The people who wait at the door of one room. A place in the line survives a lost connection; nothing of the room is told. */
import { LimitError, ProtocolError } from '../errors.ts';
import { CLOSE_CODES } from '../protocol/close-codes.ts';
import { MAX_WAITING } from '../protocol/limits.ts';
import type { ClientMessage } from '../protocol/messages.ts';
import type { WaitReason } from '../room/door-settings.ts';
import type { WaitingPerson } from '../room/room-door.ts';
import type { Room } from '../room/room.ts';
import type { Clock, Disposer } from '../util/clock.ts';
import type { Connection } from './connection.ts';
import { mayReturn } from './may-return.ts';

/** Somebody at the door. */
export interface Visitor {
  /** Whom they would be in the room: with the same identity it is the same. */
  readonly id: string;
  readonly name: string;
  readonly connection: Connection;
  /** Takes a place in the room; rejects as joining does. `waited`: what was true when they came may be so no longer. */
  readonly enter: (waited: boolean) => Promise<void>;
}

/** Options of a line. */
export interface WaitingLineOptions {
  readonly room: Room;
  readonly resumeMs: number;
  readonly clock: Clock;
  /** Nobody waits any more; called once. */
  readonly onEmpty: () => void;
}

interface Place {
  readonly id: string;
  readonly sinceMs: number;
  name: string;
  /** Undefined while they are cut off. */
  visitor: Visitor | undefined;
  reason: WaitReason;
  giveUp: Disposer | undefined;
}

/** Timers hold at most 24 days, and the wall clock may be set. */
const LOOK_MS = 30_000;

/** Exists while anybody waits. */
export class WaitingLine {
  readonly #options: WaitingLineOptions;
  readonly #places = new Map<string, Place>();
  readonly #disposers: Disposer[];
  #look: Disposer | undefined;

  constructor(options: WaitingLineOptions) {
    this.#options = options;
    const { room } = options;
    this.#disposers = [
      room.door.events.on('changed', () => this.#review()),
      room.events.on('ended', () => void this.end(CLOSE_CODES.roomEnded, 'The room has ended.')),
    ];
  }

  get ids(): readonly string[] {
    return [...this.#places.keys()];
  }

  /** Takes a visitor in, or back. @throws LimitError `waiting_full`. */
  add(visitor: Visitor, reason: WaitReason): void {
    const { clock } = this.#options;
    const known = this.#places.get(visitor.id);
    if (!known && this.#places.size >= MAX_WAITING) {
      throw new LimitError('waiting_full', `${MAX_WAITING} people wait already; try again in some minutes.`, 503);
    }
    const place: Place = known ?? {
      id: visitor.id,
      sinceMs: clock.wallMs(),
      name: '',
      visitor: undefined,
      reason,
      giveUp: undefined,
    };
    place.giveUp?.();
    const before = place.visitor;
    Object.assign(place, { name: visitor.name, visitor, reason, giveUp: undefined });
    this.#places.set(visitor.id, place);
    void before?.connection.close(CLOSE_CODES.conflict, 'You are now connected from another page.');
    visitor.connection.accept({
      onMessage: (message) => this.#onMessage(place, visitor, message),
      onFrame: () => {
        throw notYet();
      },
      onClose: (code) => this.#onClosed(place, visitor, code),
    });
    this.#tell(place);
    this.#changed();
  }

  /** Opens the door for one of them, who may come back first; false when they do not wait. */
  letIn(id: string): boolean {
    const place = this.#take(id);
    if (!place) return false;
    const { visitor } = place;
    if (visitor) {
      // Until they are greeted nothing they say counts.
      visitor.connection.accept({ onMessage: refuse, onFrame: refuse, onClose: () => undefined });
      visitor.enter(true).catch((error: unknown) => visitor.connection.fail(error));
    }
    this.#changed();
    return true;
  }

  /** Sends one of them away with an error's sentence; false when they do not wait. */
  turnAway(id: string, error: Error): boolean {
    const place = this.#take(id);
    place?.visitor?.connection.fail(error);
    if (place) this.#changed();
    return place !== undefined;
  }

  /** Sends everybody away; resolves when their sockets are gone. */
  async end(code: number, reason: string): Promise<void> {
    const gone = this.ids.map((id) => this.#take(id)?.visitor?.connection.close(code, reason));
    this.#changed();
    await Promise.all(gone.filter((socket) => socket !== undefined));
  }

  #take(id: string): Place | undefined {
    const place = this.#places.get(id);
    place?.giveUp?.();
    this.#places.delete(id);
    return place;
  }

  /** The door was set otherwise, or the time has come. */
  #review(): void {
    const { room, clock } = this.#options;
    for (const place of this.#places.values()) {
      const reason = room.door.reason(place.id, clock.wallMs());
      if (reason === undefined) {
        this.letIn(place.id);
      } else {
        place.reason = reason;
        this.#tell(place);
      }
    }
    this.#watchTime();
  }

  #tell({ visitor, reason }: Place): void {
    const { room, clock } = this.#options;
    const { opensAt } = room.door.settings;
    visitor?.connection.send({
      type: 'waiting',
      reason,
      title: room.title,
      ...(reason === 'scheduled' && opensAt !== undefined && { opensAtMs: Date.parse(opensAt) }),
      nowMs: clock.wallMs(),
    });
  }

  #onMessage(place: Place, visitor: Visitor, message: ClientMessage): void {
    if (message.type === 'bye') {
      if (place.visitor === visitor) this.#remove(place);
      void visitor.connection.close(CLOSE_CODES.normal, 'Goodbye.');
    } else if (message.type === 'ping') {
      const now = this.#options.clock.wallMs();
      visitor.connection.send({ type: 'pong', sentMs: message.sentMs, receivedMs: now, repliedMs: now });
    } else {
      throw notYet();
    }
  }

  #onClosed(place: Place, visitor: Visitor, code: number): void {
    if (place.visitor !== visitor || this.#places.get(place.id) !== place) return;
    if (!mayReturn(code)) {
      this.#remove(place);
      return;
    }
    place.visitor = undefined;
    place.giveUp = this.#options.clock.after(this.#options.resumeMs, () => this.#remove(place));
    this.#changed();
  }

  #remove(place: Place): void {
    if (this.#places.get(place.id) !== place) return;
    this.#take(place.id);
    this.#changed();
  }

  #changed(): void {
    const { room, onEmpty } = this.#options;
    room.door.waiting = [...this.#places.values()].map(shown);
    this.#watchTime();
    if (this.#places.size > 0) return;
    const disposers = this.#disposers.splice(0);
    for (const dispose of disposers) dispose();
    if (disposers.length > 0) onEmpty();
  }

  #watchTime(): void {
    this.#look?.();
    this.#look = undefined;
    const { room, clock } = this.#options;
    const { opensAt } = room.door.settings;
    if (opensAt === undefined || this.#places.size === 0) return;
    const left = Date.parse(opensAt) - clock.wallMs();
    if (left > 0 || [...this.#places.values()].some(({ reason }) => reason === 'scheduled')) {
      this.#look = clock.after(Math.min(LOOK_MS, Math.max(0, left)), () => this.#onTime());
    }
  }

  #onTime(): void {
    const { room, clock } = this.#options;
    const { opensAt } = room.door.settings;
    // Nobody is told anything before it is time.
    if (opensAt !== undefined && Date.parse(opensAt) > clock.wallMs()) {
      this.#watchTime();
      return;
    }
    this.#review();
    // For hosts: it has opened.
    room.door.events.emit('waiting', undefined);
  }
}

function shown({ id, name, sinceMs, visitor }: Place): WaitingPerson {
  return { id, name, sinceMs, connected: visitor !== undefined };
}

function notYet(): ProtocolError {
  return new ProtocolError('not_ready', 'You wait before the door; say nothing but "ping" and "bye" until "welcome".');
}

function refuse(): never {
  throw notYet();
}
