/** The sub-commands, and what a person reads when one fails. */
import { AppError, messageOf } from '../errors.ts';
import { DEMO_HELP, demoCommand } from './demo.ts';
import { DOCTOR_HELP, doctor } from './doctor.ts';
import { PUBLISH_HELP, publishCommand } from './publish/publish-command.ts';
import { SERVE_HELP, serveCommand } from './serve.ts';
import { TOKEN_HELP, tokenCommand } from './token.ts';
import { WORKER_HELP, workerCommand } from './worker.ts';

interface Command {
  readonly summary: string;
  readonly help: string;
  /** Gives the exit code; throws AppError for everything a person can mend. */
  readonly run: (args: readonly string[], env: NodeJS.ProcessEnv) => Promise<number>;
}

const COMMANDS: Readonly<Record<string, Command>> = {
  serve: { summary: 'run the server', help: SERVE_HELP, run: serveCommand },
  demo: { summary: 'run the server with a living room of four', help: DEMO_HELP, run: demoCommand },
  publish: { summary: 'send a file, a device or a stream into a room', help: PUBLISH_HELP, run: publishCommand },
  token: { summary: 'make a token for a room', help: TOKEN_HELP, run: tokenCommand },
  worker: { summary: 'run an archive worker', help: WORKER_HELP, run: workerCommand },
  doctor: { summary: 'check this machine', help: DOCTOR_HELP, run: (args, env) => doctor(args, env) },
};

/** Runs one command; never throws. Exit codes: 0 fine, 1 failed, 2 wrong use. */
export async function runCommand(argv: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const [name, ...args] = argv;
  const command = name === undefined ? undefined : COMMANDS[name];
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    process.stdout.write(usage());
    return name === undefined ? 2 : 0;
  }
  if (!command) {
    process.stderr.write(`There is no command "${name}".\n\n${usage()}`);
    return 2;
  }
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(command.help);
    return 0;
  }
  try {
    return await command.run(args, env);
  } catch (error) {
    process.stderr.write(`gridcast ${name}: ${explain(error)}\n`);
    return isUsage(error) ? 2 : 1;
  }
}

function usage(): string {
  const lines = Object.entries(COMMANDS).map(([name, { summary }]) => `  gridcast ${name.padEnd(8)}  ${summary}`);
  return `Usage: gridcast COMMAND [options]\n\n${lines.join('\n')}\n\ngridcast COMMAND --help tells more.\n`;
}

/** A sentence for what people cause; the whole story for what only we can mend. */
function explain(error: unknown): string {
  if (error instanceof AppError || isUsage(error)) return messageOf(error);
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function isUsage(error: unknown): boolean {
  if (error instanceof AppError) return error.code === 'usage';
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}
