/** A server of its own with two people in a room, whose program is there to be followed. */
import { ServerProcess } from '../../e2e/hostile/server-process.ts';
import { type RunningProcess, descendantsOf } from '../../integration/mixer/processes.ts';
import { MediaSamples } from '../media-samples.ts';
import { TestParticipant, toneAndBeep } from '../test-participant.ts';

/** How the room is watched. */
export interface LiveRoomOptions {
  readonly profile?: 'standard' | 'fast' | 'safe';
  readonly abr?: boolean;
  /** Frames a second of the program; default 30. */
  readonly framerate?: number;
}

const ROOM = 'checked';
const PEOPLE = [
  { name: 'Ana', colour: 'red', hz: 400 },
  { name: 'Bo', colour: 'blue', hz: 700 },
] as const;

/** Opened and closed by one test file or command. */
export class LiveRoom {
  readonly #server: ServerProcess;
  readonly #samples = new MediaSamples();
  readonly #people: TestParticipant[] = [];

  private constructor(server: ServerProcess) {
    this.#server = server;
  }

  static async open({ framerate = 30, ...viewing }: LiveRoomOptions = {}): Promise<LiveRoom> {
    const room = new LiveRoom(await ServerProcess.start({ rooms: { emptySeconds: 0 } }));
    try {
      await room.#api('POST', '/api/rooms', { id: ROOM, viewing, program: { framerate } });
      for (const { name, colour, hz } of PEOPLE) {
        const picture = await room.#samples.h264({ colour, width: 640, height: 360, frames: 60, gopFrames: 60 });
        const { url, token } = room.#server;
        room.#people.push(
          await TestParticipant.join({ url, token, room: ROOM, name }, { picture, sound: toneAndBeep(hz, 2000) }),
        );
      }
      return room;
    } catch (error) {
      await room.close();
      throw error;
    }
  }

  /** The server's. */
  get origin(): string {
    return this.#server.url;
  }

  /** Address of the multivariant playlist, on this or another server. */
  playlistUrl(origin = this.origin): string {
    return `${origin}/hls/${ROOM}/index.m3u8`;
  }

  /** Ends the program's picture encoder as abruptly as a process can end. */
  killEncoder(): void {
    process.kill(this.#encoder.pid, 'SIGKILL');
  }

  /** Everybody says goodbye: the session is over. */
  async end(): Promise<void> {
    await Promise.all(this.#people.map((person) => person.leave()));
  }

  async close(): Promise<void> {
    await this.end();
    await this.#samples.close();
    await this.#server.close();
  }

  /** The one of the program: the largest, should there be several. */
  get #encoder(): RunningProcess {
    const size = ({ command }: RunningProcess): number => Number(/-video_size (\d+)x/.exec(command)?.[1] ?? 0);
    const [largest] = descendantsOf(this.#server.pid)
      .filter(({ command }) => command.includes('libx264'))
      .sort((one, other) => size(other) - size(one));
    if (!largest) throw new Error('There is no encoder of the program');
    return largest;
  }

  async #api(method: string, path: string, body?: unknown): Promise<void> {
    const { url, token } = this.#server;
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  }
}
