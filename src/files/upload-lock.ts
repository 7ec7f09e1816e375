/** One request at a time for each upload: a client that comes back takes over from its own dead connection. */
import type { Lock, Locker } from '@tus/server';
import { ConflictError } from '../errors.ts';
import type { Clock } from '../util/clock.ts';

interface Held {
  /** Called by whoever waits. */
  readonly giveUp: () => void;
  readonly over: Promise<void>;
}

/** How long a request may go on that another one waits for, milliseconds: what has arrived of it is still written. */
const DRAIN_MS = 500;

/** Whoever waits asks the one before to end. */
export class UploadLocks {
  readonly #clock: Clock;
  readonly #held = new Map<string, Held>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** For one request. @param giveUp is called when another one has waited for it long enough */
  locker(giveUp: () => void): Locker {
    return { newLock: (id) => this.#lock(id, giveUp) };
  }

  #lock(id: string, giveUp: () => void): Lock {
    const { promise: over, resolve: end } = Promise.withResolvers<void>();
    let stopWaiting = (): void => {};
    let asked = false;
    const own: Held = {
      giveUp: () => {
        if (asked) return;
        asked = true;
        stopWaiting = this.#clock.after(DRAIN_MS, giveUp);
      },
      over,
    };
    return {
      lock: async (stop) => {
        for (let before = this.#held.get(id); before; before = this.#held.get(id)) {
          before.giveUp();
          await before.over;
          if (stop.aborted) throw new ConflictError('upload_busy', 'Another request has taken over this upload.');
        }
        this.#held.set(id, own);
      },
      unlock: async () => {
        stopWaiting();
        if (this.#held.get(id) === own) this.#held.delete(id);
        end();
      },
    };
  }
}
