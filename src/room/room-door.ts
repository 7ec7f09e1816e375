/** The door of one room at run time: its settings, whom hosts have admitted, and who is waiting. */
import { Emitter } from '../util/emitter.ts';
import { type DoorSettings, doorSettingsSchema, type WaitReason, whyWait } from './door-settings.ts';

/** Somebody who waits. */
export interface WaitingPerson {
  readonly id: string;
  readonly name: string;
  /** Wall clock, milliseconds. */
  readonly sinceMs: number;
  /** False while their connection is cut and may come back. */
  readonly connected: boolean;
}

type RoomDoorEvents = {
  /** It was set otherwise. */
  changed: undefined;
  /** Somebody waits, or waits no longer. */
  waiting: undefined;
};

/** The oldest is forgotten beyond this. */
const MAX_ADMITTED = 1000;

/** Part of a `Room`. */
export class RoomDoor {
  readonly events = new Emitter<RoomDoorEvents>();
  readonly #admitted = new Set<string>();
  #settings: DoorSettings = doorSettingsSchema.parse({});
  #waiting: readonly WaitingPerson[] = [];

  get settings(): DoorSettings {
    return this.#settings;
  }

  set settings(settings: DoorSettings) {
    this.#settings = settings;
    this.events.emit('changed', undefined);
  }

  /** It ends when it is empty, and nobody was in it before. */
  get endsUnused(): boolean {
    return this.#settings.whenEmpty === 'end' && this.#settings.used !== true;
  }

  /** In the order they came. */
  get waiting(): readonly WaitingPerson[] {
    return this.#waiting;
  }

  set waiting(waiting: readonly WaitingPerson[]) {
    this.#waiting = waiting;
    this.events.emit('waiting', undefined);
  }

  /** Why whoever comes with this id at `nowMs` (wall clock) has to wait; undefined: they do not. */
  reason(id: string, nowMs: number): WaitReason | undefined {
    return this.#admitted.has(id) ? undefined : whyWait(this.#settings, nowMs);
  }

  /** A host lets them in: they need not wait again while the session lasts. */
  admit(id: string): void {
    this.#admitted.add(id);
    const [oldest] = this.#admitted;
    if (this.#admitted.size > MAX_ADMITTED && oldest !== undefined) this.#admitted.delete(oldest);
  }

  /** Whom hosts let in before has to wait again: one person, or without an id everybody. */
  forget(id?: string): void {
    if (id === undefined) this.#admitted.clear();
    else this.#admitted.delete(id);
  }
}
