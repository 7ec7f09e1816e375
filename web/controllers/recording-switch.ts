/** A host's switch of the room's recording, and what became of the one that was stopped with it. */
import { problemOf } from '../api-client.ts';
import type { Problem } from '../util/problem.ts';

/** The part of the API it uses. */
export interface RecordingApi {
  startRecording(room: string): Promise<unknown>;
  /** Resolves with the id of what was stopped, undefined when nothing ran. */
  stopCurrentRecording(room: string): Promise<string | undefined>;
}

/** What it needs. */
export interface RecordingSwitchOptions {
  readonly api: RecordingApi;
  readonly room: string;
  changed(): void;
}

/** Nothing to close. */
export class RecordingSwitch {
  readonly #options: RecordingSwitchOptions;
  #busy = false;
  #kept: string | undefined;

  constructor(options: RecordingSwitchOptions) {
    this.#options = options;
  }

  /** A request is on its way. */
  get busy(): boolean {
    return this.#busy;
  }

  /** Id of the recording that was stopped here last, until that was read: whoever stops one wants to know where it is. */
  get kept(): string | undefined {
    return this.#kept;
  }

  /** It was read. */
  read(): void {
    this.#kept = undefined;
    this.#options.changed();
  }

  /**
   * Stops what `runs`, or starts another one; does nothing while a request is on its way.
   * @returns what went wrong, under the title `failed`
   */
  async toggle(runs: boolean, failed: string): Promise<Problem | undefined> {
    if (this.#busy) return undefined;
    const { api, room, changed } = this.#options;
    this.#busy = true;
    this.#kept = undefined;
    changed();
    try {
      if (runs) this.#kept = await api.stopCurrentRecording(room);
      else await api.startRecording(room);
      return undefined;
    } catch (error) {
      return problemOf(failed, error);
    } finally {
      this.#busy = false;
      changed();
    }
  }
}
