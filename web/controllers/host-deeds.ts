/** What a host does about people beside what can be dragged or typed: each deed is one request. */
import { Participants, Rooms } from '../../src/client/rooms.ts';
import { Transport } from '../../src/client/transport.ts';
import type { BannedPerson } from '../../src/client/types.ts';

/** Every method rejects with ApiError. */
export class HostDeeds {
  readonly #people: Participants;
  readonly #rooms: Rooms;
  readonly #room: string;

  /** @param server origin such as `https://example.org` */
  constructor(server: string, token: string, room: string) {
    const transport = new Transport({ url: server, token });
    this.#people = new Participants(transport);
    this.#rooms = new Rooms(transport);
    this.#room = room;
  }

  remove(participant: string): Promise<void> {
    return this.#people.remove(this.#room, participant);
  }

  async ban(participant: string): Promise<void> {
    await this.#people.ban(this.#room, participant);
  }

  /** The newest first. */
  async bans(): Promise<readonly BannedPerson[]> {
    return (await this.#people.bans(this.#room)).items;
  }

  unban(ban: string): Promise<void> {
    return this.#people.unban(this.#room, ban);
  }

  /** How many were up. */
  lowerHands(): Promise<number> {
    return this.#people.lowerHands(this.#room);
  }

  /** For how many that is a change. */
  muteAll(muted: boolean): Promise<number> {
    return this.#people.muteAll(this.#room, muted);
  }

  async lock(locked: boolean): Promise<void> {
    await this.#rooms.update(this.#room, { door: { locked } });
  }

  end(): Promise<void> {
    return this.#rooms.end(this.#room);
  }
}
