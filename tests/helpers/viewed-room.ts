/** A server of its own with people in rooms whose program says in each picture when it was made. */
import { locateFfmpeg } from '../../src/ffmpeg/locate.ts';
import { sleep, systemClock } from '../../src/util/clock.ts';
import { type StampedPerson, joinStamped } from '../../bench/page/stamped-people.ts';
import type { ServerProcess } from '../e2e/hostile/server-process.ts';
import { descendantsOf, type RunningProcess } from '../integration/mixer/processes.ts';

/** How a room is watched. */
export interface Viewing {
  readonly profile?: 'standard' | 'fast' | 'safe';
  readonly abr?: boolean;
  readonly captions?: boolean;
}

const POLL_MS = 100;

/** One room after the other, each with a session of its own. */
export class ViewedRoom {
  readonly #server: ServerProcess;
  readonly #id: string;
  readonly #people: readonly StampedPerson[];

  private constructor(server: ServerProcess, id: string, people: readonly StampedPerson[]) {
    this.#server = server;
    this.#id = id;
    this.#people = people;
  }

  /** Resolves when a player could start. */
  static async open(server: ServerProcess, id: string, viewing: Viewing, people: number): Promise<ViewedRoom> {
    const response = await fetch(`${server.url}/api/rooms`, {
      method: 'POST',
      headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ id, viewing, annotation: { timeStrip: true } }),
    });
    if (!response.ok) throw new Error(`The room was answered with ${response.status}: ${await response.text()}`);
    const { path } = await locateFfmpeg({});
    const where = { url: server.url, room: id, token: server.token };
    const room = new ViewedRoom(server, id, await joinStamped(path, where, people));
    while (!(await fetch(room.playlistUrl)).ok) await sleep(systemClock, POLL_MS);
    return room;
  }

  /** Address of the multivariant playlist. */
  get playlistUrl(): string {
    return `${this.#server.url}/hls/${this.#id}/index.m3u8`;
  }

  /** Address of our own page for viewers. */
  get pageUrl(): string {
    return `${this.#server.url}/watch/${this.#id}`;
  }

  /** Says something to viewers for so many seconds from now on. */
  async caption(text: string, seconds: number): Promise<void> {
    const response = await fetch(`${this.#server.url}/api/rooms/${this.#id}/captions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.#server.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ text, seconds }),
    });
    if (!response.ok) throw new Error(`The caption was answered with ${response.status}: ${await response.text()}`);
  }

  /** Ends the program's picture encoder as abruptly as a process can end. */
  killEncoder(): void {
    // The small picture's has the same input, and scales it.
    const isOfProgram = ({ command }: RunningProcess): boolean =>
      command.includes('libx264') && !command.includes('scale=');
    const encoder = descendantsOf(this.#server.pid).find(isOfProgram);
    if (!encoder) throw new Error('There is no encoder of the program');
    process.kill(encoder.pid, 'SIGKILL');
  }

  /** Resolves when everybody has left. */
  async close(): Promise<void> {
    await Promise.all(this.#people.map(({ participant }) => participant.leave()));
  }
}
