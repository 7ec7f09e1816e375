/** The doors of all rooms: who is waiting, and what hosts decide. One per server. */
import { ForbiddenError, LimitError } from '../errors.ts';
import { CLOSE_CODES } from '../protocol/close-codes.ts';
import type { WaitingPerson } from '../room/room-door.ts';
import type { Room } from '../room/room.ts';
import type { Clock } from '../util/clock.ts';
import { type Visitor, WaitingLine } from './waiting-line.ts';

/** Options of the doors. */
export interface DoorOptions {
  /** How long a place is kept for somebody whose connection was cut. */
  readonly resumeMs: number;
  readonly clock: Clock;
  /** Told who begins to wait; default nobody. */
  readonly onKnock?: ((room: Room, visitor: Visitor) => void) | undefined;
  /** People whose refusal is remembered, at least 1; the oldest is forgotten beyond. Default 1000. */
  readonly maxRefused?: number;
}

/** How long somebody who was refused is refused without asking anybody. */
const QUIET_MS = 30_000;
const MAX_REFUSED = 1000;

/** Owns the connections of waiting people. */
export class Doors {
  readonly #options: DoorOptions;
  readonly #lines = new Map<Room, WaitingLine>();
  /** Who was let in and has no place yet. */
  readonly #entering = new Map<Room, number>();
  /** Until when, by room and person. */
  readonly #refused = new Map<string, number>();

  constructor(options: DoorOptions) {
    this.#options = options;
  }

  /**
   * Lets somebody in, or keeps them waiting. @throws what entering throws, ForbiddenError `admission_denied`, LimitError
   * `waiting_full`
   */
  async arrive(room: Room, visitor: Visitor): Promise<void> {
    const { clock } = this.#options;
    const reason = room.door.reason(visitor.id, clock.wallMs());
    if (reason === undefined) {
      await visitor.enter(false);
      return;
    }
    if ((this.#refused.get(refusal(room, visitor.id)) ?? 0) > clock.monotonicMs()) throw denied();
    const line = this.#lines.get(room) ?? this.#open(room);
    const known = line.ids.includes(visitor.id);
    line.add({ ...visitor, enter: () => this.#enter(room, visitor) }, reason);
    if (!known) this.#options.onKnock?.(room, visitor);
  }

  /** Gives whom it decided on; undefined: nobody of this id waits. @throws LimitError `room_full`: then they wait on. */
  decide(room: Room, id: string, admit: boolean): WaitingPerson | undefined {
    const line = this.#lines.get(room);
    const person = room.door.waiting.find((waiting) => waiting.id === id);
    if (!line || !person) return undefined;
    if (admit) this.#admit(room, line, id);
    else this.#refuse(room, line, id);
    return person;
  }

  /** Decides for everybody who waits, as far as there are places; gives on whom it did. */
  decideAll(room: Room, admit: boolean): readonly WaitingPerson[] {
    const decided: WaitingPerson[] = [];
    for (const { id } of room.door.waiting) {
      if (admit && this.#free(room) === 0) break;
      const person = this.decide(room, id, admit);
      if (person) decided.push(person);
    }
    return decided;
  }

  /** Sends everybody away who waits; resolves when their sockets are gone. */
  async close(): Promise<void> {
    const reason = 'The server is shutting down; try again in a moment.';
    await Promise.all([...this.#lines.values()].map((line) => line.end(CLOSE_CODES.goingAway, reason)));
  }

  #open(room: Room): WaitingLine {
    const { resumeMs, clock } = this.#options;
    const line = new WaitingLine({ room, resumeMs, clock, onEmpty: () => this.#lines.delete(room) });
    this.#lines.set(room, line);
    return line;
  }

  #admit(room: Room, line: WaitingLine, id: string): void {
    if (this.#free(room) === 0) {
      throw new LimitError('room_full', 'The room is full; somebody has to leave, or raise its capacity first.', 503);
    }
    room.door.admit(id);
    line.letIn(id);
  }

  #free(room: Room): number {
    return Math.max(0, room.freePlaces - (this.#entering.get(room) ?? 0));
  }

  async #enter(room: Room, visitor: Visitor): Promise<void> {
    this.#entering.set(room, (this.#entering.get(room) ?? 0) + 1);
    try {
      await visitor.enter(true);
    } finally {
      const left = (this.#entering.get(room) ?? 1) - 1;
      if (left > 0) this.#entering.set(room, left);
      else this.#entering.delete(room);
    }
  }

  #refuse(room: Room, line: WaitingLine, id: string): void {
    const key = refusal(room, id);
    this.#refused.delete(key);
    this.#refused.set(key, this.#options.clock.monotonicMs() + QUIET_MS);
    const [oldest] = this.#refused.keys();
    if (this.#refused.size > (this.#options.maxRefused ?? MAX_REFUSED) && oldest !== undefined)
      this.#refused.delete(oldest);
    line.turnAway(id, denied());
  }
}

function refusal(room: Room, id: string): string {
  return `${room.id} ${id}`;
}

function denied(): ForbiddenError {
  const message = 'A host did not let you in. Ask them, then try again in half a minute.';
  return new ForbiddenError(message, 'admission_denied');
}
