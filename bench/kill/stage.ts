/** A server with a room that two people are in, for rounds of kills. */
import { locateFfmpeg } from '../../src/ffmpeg/locate.ts';
import { KillServer } from './kill-server.ts';
import { numberedLoop, NumberedSender } from './numbered-sender.ts';
import type { Stage } from './round.ts';
import { taggedProcesses } from './tagged-processes.ts';

const ROOM = 'kills';

/** A stage and its end, which tells what is left of its processes. */
export interface OpenStage extends Stage {
  close(): Promise<readonly string[]>;
}

/** @param onLog told what the server prints. */
export async function openStage(onLog?: (line: string) => void): Promise<OpenStage> {
  const { path: ffmpeg, ffprobePath: ffprobe } = await locateFfmpeg({});
  const loop = await numberedLoop(ffmpeg);
  const server = await KillServer.start(onLog);
  const people: NumberedSender[] = [];
  const close = async (): Promise<readonly string[]> => {
    await Promise.all(people.map((person) => person.close()));
    await server.stop();
    const left = taggedProcesses(server.tag).map(({ pid, command }) => `left ${pid}: ${command.slice(0, 80)}`);
    await server.remove();
    return left;
  };
  try {
    await server.api('POST', '/api/rooms', { id: ROOM, layout: { policy: 'single' } });
    const where = { url: server.url, room: ROOM, token: server.token };
    let sender = new NumberedSender(where, loop);
    people.push(sender);
    return {
      server,
      get sender() {
        return sender;
      },
      async recast() {
        await sender.close();
        sender = new NumberedSender(where, loop);
        people.splice(0, people.length, sender);
      },
      room: ROOM,
      ffmpeg,
      ffprobe,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
