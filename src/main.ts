/** `gridcast COMMAND`: the only place that reads the command line and the environment. */
import { runCommand } from './cli/commands.ts';

process.exitCode = await runCommand(process.argv.slice(2), process.env);
