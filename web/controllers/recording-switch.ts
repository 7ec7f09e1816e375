/** A host's switch of the room's recording, and what became of the one that was stopped with it. */
import { problemOf } from '../api-client.ts';
import type { CurrentRecording, RoomGlimpse } from '../api-types.ts';
import type { Problem } from '../util/problem.ts';

/** The part of the API it uses. */
export interface RecordingApi {
  room(id: string): Promise<Pick<RoomGlimpse, 'currentRecording'>>;
  startRecording(room: string): Promise<unknown>;
  pauseRecording(id: string): Promise<unknown>;
  resumeRecording(id: string): Promise<unknown>;
  stopRecording(id: string): Promise<unknown>;
}

/** One that was stopped. */
export interface KeptRecording extends CurrentRecording {
  /** Whoever stopped it is an admin of the server, who finds it on the admin page. */
  readonly admin?: true;
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
  #kept: KeptRecording | undefined;

  constructor(options: RecordingSwitchOptions) {
    this.#options = options;
  }

  /** A request is on its way. */
  get busy(): boolean {
    return this.#busy;
  }

  /** The recording that was stopped here last, until that was read: whoever stops one wants to know where it is. */
  get kept(): KeptRecording | undefined {
    return this.#kept;
  }

  /** It was read. */
  read(): void {
    this.#kept = undefined;
    this.#options.changed();
  }

  /**
   * What runs or pauses in the room, and whether it will be among the reader's own; undefined: nothing does. Rejects.
   * @param account asks as who has signed in here: whoever came by a link is nobody to the server, though the room may be theirs
   */
  async current(account?: Pick<RecordingApi, 'room'>): Promise<CurrentRecording | undefined> {
    const { api, room } = this.#options;
    const { currentRecording: found } = await api.room(room);
    if (!found?.owned || found.own || !account) return found;
    const { currentRecording: theirs } = await account.room(room).catch(() => ({ currentRecording: undefined }));
    return theirs?.id === found.id ? theirs : found;
  }

  /** @returns what went wrong, under the title `failed`, like the others; does nothing while a request is on its way. */
  start(failed: string): Promise<Problem | undefined> {
    const { api, room } = this.#options;
    return this.#request(failed, async () => {
      this.#kept = undefined;
      await api.startRecording(room);
    });
  }

  /**
   * Ends what runs, or pauses.
   * @param isAdmin whether whoever stops it is one; nothing waits for the answer
   */
  stop(recording: CurrentRecording, failed: string, isAdmin = Promise.resolve(false)): Promise<Problem | undefined> {
    return this.#request(failed, async () => {
      await this.#options.api.stopRecording(recording.id);
      this.#kept = recording;
      void isAdmin.then((admin) => {
        if (!admin || this.#kept !== recording) return;
        this.#kept = { ...recording, admin };
        this.#options.changed();
      });
    });
  }

  /** Lets pause what runs. What another host has let pause meanwhile is not gone on with. */
  pause(failed: string): Promise<Problem | undefined> {
    return this.#request(failed, async () => {
      const found = await this.current();
      if (found?.state === 'recording') await this.#options.api.pauseRecording(found.id);
    });
  }

  /** Goes on with what pauses. */
  resume(failed: string): Promise<Problem | undefined> {
    return this.#request(failed, async () => {
      const found = await this.current();
      if (found?.state === 'paused') await this.#options.api.resumeRecording(found.id);
    });
  }

  async #request(failed: string, work: () => Promise<void>): Promise<Problem | undefined> {
    if (this.#busy) return undefined;
    this.#busy = true;
    this.#options.changed();
    try {
      await work();
      return undefined;
    } catch (error) {
      return problemOf(failed, error);
    } finally {
      this.#busy = false;
      this.#options.changed();
    }
  }
}
