/** `gridcast demo`: a server with a room of four who move and speak, so that a newcomer sees a living room at once. */
import { parseArgs } from 'node:util';
import { ConflictError } from '../errors.ts';
import { type FfmpegLocation, locateFfmpeg } from '../ffmpeg/locate.ts';
import { createSpawner } from '../ffmpeg/ffmpeg-process.ts';
import { hasFilter } from '../ffmpeg/capabilities.ts';
import type { GridcastServer } from '../server/server.ts';
import { systemClock } from '../util/clock.ts';
import { DEMO_CAST, demoGraph } from './demo-cast.ts';
import { Publisher } from './publish/publisher.ts';
import { startFromEnvironment, untilInterrupted } from './serve.ts';

/** Printed by `gridcast demo --help`. */
export const DEMO_HELP = `gridcast demo

Runs the server like "gridcast serve" and fills the room "demo" with four generated people. Join them in the browser, watch,
record, download. Takes the same environment as serve. Ctrl-C ends everything.
`;

const ROOM = 'demo';

/** Runs until a signal comes. @throws AppError as `serve` does. */
export async function demoCommand(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  parseArgs({ args: [...args], options: {} });
  const server = await startFromEnvironment(env);
  try {
    await server.rooms.create({ id: ROOM, title: 'Gridcast demo' }).catch((error: unknown) => {
      if (!(error instanceof ConflictError)) throw error;
    });
    const { token } = await server.tokens.invite({ room: ROOM, role: 'host' });
    process.stdout.write(
      `  Join     ${server.pageUrl}/r/${ROOM}#token=${token}\n  Watch    ${server.pageUrl}/watch/${ROOM}\n\n`,
    );
    const ffmpeg = await locateFfmpeg(env['FFMPEG_PATH'] === undefined ? {} : { configured: env['FFMPEG_PATH'] });
    const leave = await startCast(ffmpeg, server);
    await untilInterrupted();
    // Who is still there when the server goes would try to come back, and say so.
    await leave();
  } finally {
    await server.close();
  }
  return 0;
}

/** Resolves when they are started; what it gives lets them go. */
async function startCast(
  ffmpeg: FfmpegLocation,
  { url, adminToken: token, certificate }: GridcastServer,
): Promise<() => Promise<unknown>> {
  // Speech comes from flite, which not every build of FFmpeg has; the others hum.
  const speaks = await hasFilter(ffmpeg.path, 'flite', systemClock);
  const cast = DEMO_CAST.map((member) => {
    const publisher = new Publisher({
      url,
      room: ROOM,
      token,
      certificate,
      name: member.name,
      source: { kind: 'lavfi', graph: demoGraph(member, speaks) },
      format: { width: 640, height: 360, framerate: 30, videoKbit: 800, loop: false },
      spawn: createSpawner(ffmpeg.path),
      clock: systemClock,
      onNotice: (text) => void process.stderr.write(`${member.name}: ${text}\n`),
    });
    const over = publisher.run().catch((error: unknown) => {
      process.stderr.write(`${member.name}: ${error instanceof Error ? error.message : String(error)}\n`);
    });
    return { publisher, over };
  });
  return () => {
    for (const { publisher } of cast) publisher.stop();
    return Promise.all(cast.map(({ over }) => over));
  };
}
