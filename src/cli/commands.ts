/** The sub-commands, and what a person reads when one fails. */
import { AppError, messageOf } from '../errors.ts';

interface Command {
  readonly help: string;
  /** Gives the exit code; throws AppError for everything a person can mend. */
  readonly run: (args: readonly string[], env: NodeJS.ProcessEnv) => Promise<number>;
}

interface CommandEntry {
  readonly summary: string;
  /** Loaded when used: `publish` has no use for a web server and starts sooner without one. */
  readonly load: () => Promise<Command>;
}

const COMMANDS: Readonly<Record<string, CommandEntry>> = {
  serve: {
    summary: 'run the server',
    load: async () => {
      const { SERVE_HELP, serveCommand } = await import('./serve.ts');
      return { help: SERVE_HELP, run: serveCommand };
    },
  },
  demo: {
    summary: 'run the server with a living room of four',
    load: async () => {
      const { DEMO_HELP, demoCommand } = await import('./demo.ts');
      return { help: DEMO_HELP, run: demoCommand };
    },
  },
  publish: {
    summary: 'send a file, a device or a stream into a room',
    load: async () => {
      const { PUBLISH_HELP, publishCommand } = await import('./publish/publish-command.ts');
      return { help: PUBLISH_HELP, run: publishCommand };
    },
  },
  send: {
    summary: 'share a file with a room',
    load: async () => {
      const { SEND_HELP, sendCommand } = await import('./files/send-command.ts');
      return { help: SEND_HELP, run: sendCommand };
    },
  },
  fetch: {
    summary: 'list and download the files of a room',
    load: async () => {
      const { FETCH_HELP, fetchCommand } = await import('./files/fetch-command.ts');
      return { help: FETCH_HELP, run: fetchCommand };
    },
  },
  token: {
    summary: 'make a token for a room',
    load: async () => {
      const { TOKEN_HELP, tokenCommand } = await import('./token.ts');
      return { help: TOKEN_HELP, run: tokenCommand };
    },
  },
  users: {
    summary: 'make accounts from a list',
    load: async () => {
      const { USERS_HELP, usersCommand } = await import('./users.ts');
      return { help: USERS_HELP, run: usersCommand };
    },
  },
  worker: {
    summary: 'run an archive worker',
    load: async () => {
      const { WORKER_HELP, workerCommand } = await import('./worker.ts');
      return { help: WORKER_HELP, run: workerCommand };
    },
  },
  verify: {
    summary: 'check the archive of a recording',
    load: async () => {
      const { VERIFY_HELP, verifyCommand } = await import('./verify.ts');
      return { help: VERIFY_HELP, run: (args, env) => verifyCommand(args, env) };
    },
  },
  backup: {
    summary: 'copy everything that is kept',
    load: async () => {
      const { BACKUP_HELP, backupCommand } = await import('./backup/backup-command.ts');
      return { help: BACKUP_HELP, run: (args, env) => backupCommand(args, env) };
    },
  },
  'move-database': {
    summary: 'move the lists from SQLite to Postgres',
    load: async () => {
      const { MOVE_DATABASE_HELP, moveDatabaseCommand } = await import('./move/move-database-command.ts');
      return { help: MOVE_DATABASE_HELP, run: (args, env) => moveDatabaseCommand(args, env) };
    },
  },
  bench: {
    summary: 'measure how a server bears many viewers',
    load: async () => {
      const { BENCH_HELP, benchCommand } = await import('./bench.ts');
      return { help: BENCH_HELP, run: benchCommand };
    },
  },
  doctor: {
    summary: 'check this machine',
    load: async () => {
      const { DOCTOR_HELP, doctor } = await import('./doctor.ts');
      return { help: DOCTOR_HELP, run: (args, env) => doctor(args, env) };
    },
  },
};

/** Runs one command; never throws. Exit codes: 0 fine, 1 failed, 2 wrong use. */
export async function runCommand(argv: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const [name, ...args] = argv;
  const entry = name !== undefined && Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    process.stdout.write(usage());
    return name === undefined ? 2 : 0;
  }
  if (!entry) {
    process.stderr.write(`There is no command "${name}".\n\n${usage()}`);
    return 2;
  }
  const command = await entry.load();
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
  const width = Math.max(...Object.keys(COMMANDS).map(({ length }) => length));
  const lines = Object.entries(COMMANDS).map(([name, { summary }]) => `  gridcast ${name.padEnd(width)}  ${summary}`);
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
