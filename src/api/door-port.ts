/** What the API needs of the doors of rooms. Methods reject with NotFoundError `room_not_found`, too. */
import type { EventPerson } from '../events/event.ts';
import type { HeldUp } from '../room/door-settings.ts';

/** Somebody who waits before a room. */
export interface WaitingView {
  readonly id: string;
  readonly name: string;
  /** ISO 8601, UTC. */
  readonly since: string;
  /** False while their connection is cut and may come back. */
  readonly connected: boolean;
}

/** Somebody with a participant's token. */
export interface DoorCaller {
  /** Whom they are in the room; undefined where nothing tells. */
  readonly id: string | undefined;
  /** Their token was made for one person: the room's password is not asked of them. */
  readonly own: boolean;
}

/** The doors. */
export interface DoorControl {
  /** Why they could not walk in now; undefined when they could, are in the room, or there is no such room. */
  heldUp(room: string, caller: DoorCaller): HeldUp | undefined;
  /** In the order they came. */
  waiting(room: string): readonly WaitingView[];
  /** @throws NotFoundError `not_waiting`, LimitError `room_full`. */
  decide(room: string, id: string, admit: boolean, by?: EventPerson): void;
  /** For everybody who waits, as far as there are places; tells for how many. */
  decideAll(room: string, admit: boolean, by?: EventPerson): number;
  /**
   * Whether it is the room's password.
   * @throws ConflictError `no_password`, LimitError `too_many_attempts` or `passwords_busy`
   */
  isPassword(room: string, password: string, address: string): Promise<boolean>;
}
