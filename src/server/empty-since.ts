/** Since when nobody is in a room, for the end of its recordings. */
import type { Room } from '../room/room.ts';
import type { Disposer } from '../util/clock.ts';

/** Owned by the room's pipeline. */
export class EmptySince {
  readonly #room: Pick<Room, 'participants'>;
  readonly #now: () => number;
  readonly #disposers: Disposer[];
  #frame: number | undefined;

  /** @param now the frame of the program that is due */
  constructor(room: Pick<Room, 'participants' | 'events'>, now: () => number) {
    this.#room = room;
    this.#now = now;
    const look = (): void => this.#look();
    const { events } = room;
    this.#disposers = [events.on('joined', look), events.on('left', look), events.on('participantChanged', look)];
    look();
  }

  /** The frame at which the last one left; whoever is cut off is not there, as long as they do not come back. Undefined while somebody is there. */
  get frame(): number | undefined {
    return this.#frame;
  }

  /** Somebody has marked this moment of the empty room: it is wanted. */
  touch(): void {
    if (this.#frame !== undefined) this.#frame = this.#now();
  }

  /** It stays as it is: who comes now comes to the next session. */
  close(): void {
    for (const dispose of this.#disposers) dispose();
  }

  #look(): void {
    const isThere = this.#room.participants.some(({ detached }) => !detached);
    this.#frame = isThere ? undefined : (this.#frame ?? this.#now());
  }
}
