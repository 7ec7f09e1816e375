/** Tells hosts about their room's door: its settings, and who is waiting. */
import type { ServerMessage } from '../protocol/messages.ts';
import type { Participant } from '../room/participant.ts';
import type { Room } from '../room/room.ts';
import type { Clock, Disposer } from '../util/clock.ts';

/** Options of the news. */
export interface DoorNewsOptions {
  readonly room: Room;
  /** Only a host is told anything. */
  readonly participant: Pick<Participant, 'role'>;
  readonly clock: Clock;
  /** Reaches the participant while they are connected. */
  readonly send: (message: ServerMessage) => void;
}

/** However quickly people come and go before the door, hosts hear of it only so often. */
const PAUSE_MS = 200;

/** Follows the door until it is closed. */
export class DoorNews {
  readonly #options: DoorNewsOptions;
  readonly #disposers: Disposer[] = [];
  #pause: Disposer | undefined;
  #late = false;

  constructor(options: DoorNewsOptions) {
    this.#options = options;
    if (options.participant.role !== 'host') return;
    const { events } = options.room.door;
    this.#disposers.push(
      events.on('changed', () => this.tell()),
      events.on('waiting', () => this.tell()),
    );
  }

  /** Tells how things are: now, or soon when that was done a moment ago. */
  tell(): void {
    const { participant, clock, send } = this.#options;
    if (participant.role !== 'host') return;
    if (this.#pause) {
      this.#late = true;
      return;
    }
    this.#pause = clock.after(PAUSE_MS, () => {
      this.#pause = undefined;
      if (this.#late) this.tell();
    });
    this.#late = false;
    send(this.#message());
  }

  close(): void {
    this.#pause?.();
    for (const dispose of this.#disposers.splice(0)) dispose();
  }

  #message(): ServerMessage {
    const { room, clock } = this.#options;
    const { locked, waitingRoom, opensAt } = room.door.settings;
    const opensAtMs = opensAt === undefined ? 0 : Date.parse(opensAt);
    return {
      type: 'door',
      locked,
      waitingRoom,
      ...(opensAtMs > clock.wallMs() && { opensAtMs }),
      waiting: [...room.door.waiting],
    };
  }
}
