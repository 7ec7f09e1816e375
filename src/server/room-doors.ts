/** The doors of rooms as the API sees them, and their passwords. */
import type { AttemptLimits } from '../accounts/attempt-limits.ts';
import { addressKey } from '../util/ip-address.ts';
import type { Passwords } from '../accounts/password.ts';
import type { DoorCaller, DoorControl, WaitingView } from '../api/door-port.ts';
import { ConflictError, NotFoundError } from '../errors.ts';
import type { EventPerson, EventSink } from '../events/event.ts';
import type { EventType } from '../events/event-types.ts';
import type { Doors } from '../ingest/door.ts';
import { type HeldUp, whyWait } from '../room/door-settings.ts';
import type { WaitingPerson } from '../room/room-door.ts';
import type { Room } from '../room/room.ts';
import type { Clock } from '../util/clock.ts';

/** Options of the doors. */
export interface RoomDoorsOptions {
  readonly room: (id: string) => Room | undefined;
  readonly doors: () => Doors;
  readonly events: EventSink;
  readonly passwords: Pick<Passwords, 'verify'>;
  /** What one address may try. */
  readonly addressLimits: AttemptLimits;
  /** What all addresses together may try at one room. */
  readonly roomLimits: AttemptLimits;
  readonly clock: Clock;
}

/** Owns nothing. */
export class RoomDoors implements DoorControl {
  readonly #options: RoomDoorsOptions;

  constructor(options: RoomDoorsOptions) {
    this.#options = options;
  }

  heldUp(id: string, { id: person, own }: DoorCaller): HeldUp | undefined {
    const room = this.#options.room(id);
    if (!room || (person !== undefined && room.find(person))) return undefined;
    const { door } = room;
    if (!own && door.settings.password !== undefined) return 'password';
    const nowMs = this.#options.clock.wallMs();
    return person === undefined ? whyWait(door.settings, nowMs) : door.reason(person, nowMs);
  }

  waiting(room: string): readonly WaitingView[] {
    const { waiting } = this.#room(room).door;
    return waiting.map(({ id, name, sinceMs, connected }) => {
      return { id, name, since: new Date(sinceMs).toISOString(), connected };
    });
  }

  decide(room: string, id: string, admit: boolean, by?: EventPerson): void {
    const person = this.#options.doors().decide(this.#room(room), id, admit);
    if (!person) throw new NotFoundError('not_waiting', 'They are no longer waiting; load the list again.');
    this.#record(admit ? 'door.admitted' : 'door.refused', room, person, by);
  }

  decideAll(room: string, admit: boolean, by?: EventPerson): number {
    const people = this.#options.doors().decideAll(this.#room(room), admit);
    for (const person of people) this.#record(admit ? 'door.admitted' : 'door.refused', room, person, by);
    return people.length;
  }

  /** Writes down that somebody begins to wait. */
  knocked(room: string, person: Pick<WaitingPerson, 'id' | 'name'>): void {
    this.#record('door.knocked', room, person);
  }

  async isPassword(id: string, password: string, address: string): Promise<boolean> {
    const room = this.#room(id);
    const stored = room.door.settings.password;
    if (stored === undefined) {
      throw new ConflictError('no_password', 'This room has no password; ask a host for an invite.');
    }
    const { addressLimits, roomLimits, passwords } = this.#options;
    const [from, to] = [`room ${addressKey(address)}`, `room ${id}`];
    addressLimits.take(from);
    roomLimits.take(to);
    if (!(await passwords.verify(password, stored))) return false;
    addressLimits.giveBack(from);
    roomLimits.giveBack(to);
    return true;
  }

  #record(type: EventType, room: string, { id, name }: Pick<WaitingPerson, 'id' | 'name'>, actor?: EventPerson): void {
    const subject = { id, name, role: 'participant' } as const;
    this.#options.events.record({ type, room, subject, ...(actor && { actor }) });
  }

  #room(id: string): Room {
    const room = this.#options.room(id);
    if (room) return room;
    throw new NotFoundError('room_not_found', `There is no room "${id}"; create it first.`);
  }
}
