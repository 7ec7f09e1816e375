/** Which session of each room ended last, as far as this process knows. */

/** Rooms that are remembered; the one that was heard of longest ago makes way. */
const MAX_ROOMS = 1000;

/** Filled by sessions that end. */
export class LastSessions {
  readonly #sessions = new Map<string, string>();

  /** A session has ended. */
  ended(room: string, session: string): void {
    this.#sessions.delete(room);
    this.#sessions.set(room, session);
    const [oldest] = this.#sessions.keys();
    if (this.#sessions.size > MAX_ROOMS && oldest !== undefined) this.#sessions.delete(oldest);
  }

  /** Undefined when none ended since the start. */
  of(room: string): string | undefined {
    return this.#sessions.get(room);
  }
}
