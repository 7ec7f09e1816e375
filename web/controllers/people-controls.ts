/** What a host does about people: mute, loudness, name, picture; and how far each change has come. */
import { problemOf } from '../api-client.ts';
import type { ParticipantChange, ParticipantInfo } from '../api-types.ts';
import { refusePicture } from '../util/picture-words.ts';
import type { Problem } from '../util/problem.ts';
import { LatestSender } from './latest-sender.ts';

/** The part of the API it uses. */
export interface PeopleApi {
  participants(room: string): Promise<readonly ParticipantInfo[]>;
  changeParticipant(room: string, id: string, change: ParticipantChange): Promise<ParticipantInfo>;
  setAvatar(room: string, id: string, picture: Blob | undefined): Promise<void>;
}

/** What it needs. */
export interface PeopleControlsOptions {
  readonly api: PeopleApi;
  readonly room: string;
  changed(): void;
}

const FAILED = 'This was not changed';

interface Pending {
  change: ParticipantChange;
  readonly sender: LatestSender<ParticipantChange>;
}

/** Nothing to close. */
export class PeopleControls {
  readonly #options: PeopleControlsOptions;
  readonly #known = new Map<string, ParticipantInfo>();
  readonly #pending = new Map<string, Pending>();
  readonly #problems = new Map<string, Problem>();
  readonly #busyAvatars = new Set<string>();

  constructor(options: PeopleControlsOptions) {
    this.#options = options;
  }

  /** What is known beyond the roster, with changes that are on their way; undefined before `load`. */
  info(id: string): ParticipantInfo | undefined {
    const known = this.#known.get(id);
    return known && { ...known, ...this.#pending.get(id)?.change };
  }

  /** Why the last change about them failed. */
  problem(id: string): Problem | undefined {
    return this.#problems.get(id);
  }

  /** Whether their picture is being sent. */
  avatarBusy(id: string): boolean {
    return this.#busyAvatars.has(id);
  }

  /** Asks for loudness and pictures, which the roster does not tell; call it when a host opens somebody. */
  async load(): Promise<void> {
    const { api, room } = this.#options;
    try {
      const people = await api.participants(room);
      this.#known.clear();
      for (const person of people) this.#known.set(person.id, person);
    } catch {
      // The first change says what is wrong, where it can be read.
    }
    this.#options.changed();
  }

  /** Changes what is named; sliders may call it as often as they like. */
  change(id: string, change: ParticipantChange): void {
    this.#problems.delete(id);
    const pending = this.#pending.get(id) ?? { change: {}, sender: this.#senderFor(id) };
    pending.change = { ...pending.change, ...change };
    this.#pending.set(id, pending);
    pending.sender.push(pending.change);
    this.#options.changed();
  }

  /** Undefined: removes it. Never rejects. */
  async setAvatar(id: string, picture: Blob | undefined): Promise<void> {
    const refusal = picture && refusePicture(picture);
    this.#problems.delete(id);
    if (refusal === undefined) await this.#sendAvatar(id, picture);
    else this.#problems.set(id, refusal);
    this.#options.changed();
  }

  async #sendAvatar(id: string, picture: Blob | undefined): Promise<void> {
    this.#busyAvatars.add(id);
    this.#options.changed();
    try {
      await this.#options.api.setAvatar(this.#options.room, id, picture);
      const known = this.#known.get(id);
      if (known) this.#known.set(id, { ...known, avatar: picture !== undefined });
    } catch (error) {
      this.#problems.set(id, problemOf(FAILED, error));
    }
    this.#busyAvatars.delete(id);
  }

  #senderFor(id: string): LatestSender<ParticipantChange> {
    const { api, room, changed } = this.#options;
    return new LatestSender(
      async (change) => {
        this.#known.set(id, await api.changeParticipant(room, id, change));
      },
      (error) => {
        this.#pending.delete(id);
        if (error) this.#problems.set(id, problemOf(FAILED, error));
        changed();
      },
    );
  }
}
