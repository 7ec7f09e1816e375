/** `gridcast serve`: the server, until Ctrl-C. */
import { parseArgs } from 'node:util';
import { loadWithOrigins } from '../config/load.ts';
import { createLogger } from '../logger.ts';
import { GridcastServer } from '../server/server.ts';
import { systemClock } from '../util/clock.ts';
import { onInterrupt } from './interrupt.ts';
import { hasColours, logOutput } from './log-output.ts';
import { readyText } from './ready-text.ts';

/** Printed by `gridcast serve --help`. */
export const SERVE_HELP = `gridcast serve

Runs the server. Everything is set by the environment or a configuration file:

  GRIDCAST_PORT         port (default 8080)
  GRIDCAST_HOST         address to listen on (default 127.0.0.1)
  GRIDCAST_DATA         folder of everything that is kept (default ./data)
  GRIDCAST_ADMIN_TOKEN  admin token (made and printed at the first start when unset)
  GRIDCAST_CONFIG       YAML file with all other settings; see config.example.yml
  REDIS_URL             Redis for the archive jobs (default: a private redis-server)
  DATABASE_URL          postgres://… or sqlite:FILE (default: SQLite in the data folder)
  FFMPEG_PATH           FFmpeg (default: ffmpeg-static when it runs, else PATH)
`;

/** Starts a server and says where it is. @throws ConfigError with one sentence for each thing to mend. */
export async function startFromEnvironment(env: NodeJS.ProcessEnv): Promise<GridcastServer> {
  const { config, origins } = loadWithOrigins(env);
  const log = createLogger(config.log.level, logOutput(config.log.format, { terminal: process.stderr.isTTY, env }));
  // As after `kill -9`: to end in order would write.
  const onTaken = (): never => process.exit(1);
  const server = await GridcastServer.start({ config, origins, env, log, clock: systemClock, onTaken });
  process.stdout.write(readyText(server, hasColours(process.stdout.isTTY, env)));
  return server;
}

/** Runs until a signal comes; a second one ends it by force. */
export async function serveCommand(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  parseArgs({ args: [...args], options: {} });
  const server = await startFromEnvironment(env);
  await untilInterrupted();
  await server.close();
  return 0;
}

/** Resolves at the first signal, and says what happens then; a second one ends the process by force. */
export async function untilInterrupted(): Promise<void> {
  await new Promise<void>((resolve) => onInterrupt(() => resolve()));
  process.stdout.write('Ending sessions and writing what is left; press Ctrl-C again to stop at once.\n');
}
