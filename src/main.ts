/** `gridcast COMMAND`: the only place that reads the command line and the environment. */
import { runCommand } from './cli/commands.ts';
import { isCode } from './errors.ts';

// Whoever read what is said is gone, as in `gridcast verify ID | head`, or a `tee` that Ctrl-C ends before the server: the work goes on.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error) => {
    if (!isCode(error, 'EPIPE')) throw error;
  });
}

process.exitCode = await runCommand(process.argv.slice(2), process.env);
