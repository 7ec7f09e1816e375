/** `gridcast doctor`: looks at the machine and says what to do. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { loadConfig } from '../config/load.ts';
import type { Config } from '../config/schema.ts';
import { messageOf } from '../errors.ts';
import { systemClock } from '../util/clock.ts';
import {
  checkAddress,
  checkData,
  checkDisk,
  checkFfmpeg,
  checkFonts,
  checkNode,
  checkPages,
  checkPort,
  checkRedis,
  type Finding,
} from './doctor-checks.ts';

const HELP = `gridcast doctor

Checks what Gridcast needs of this machine: Node, FFmpeg, Redis, the data folder and its disk, the port, fonts and the
built pages. Reads the same configuration file and environment as "gridcast serve" and changes nothing.

Exit code: 0 when the server can run, 1 when something has to be done first, 2 when the command was not understood.
`;

/**
 * Prints one line for each check, and the remedy below it where there is something to do.
 * @returns the exit code
 */
export async function doctor(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  print: (text: string) => void = (text) => process.stdout.write(text),
): Promise<number> {
  try {
    const { values } = parseArgs({ args: [...args], options: { help: { type: 'boolean', short: 'h' } } });
    if (values.help) {
      print(HELP);
      return 0;
    }
  } catch (error) {
    print(`${messageOf(error)}\n\n${HELP}`);
    return 2;
  }
  const { config, findings } = readConfig(env);
  const pages = fileURLToPath(
    new URL(import.meta.url.endsWith('.ts') ? '../../dist/web' : '../../web', import.meta.url),
  );
  const checks = await Promise.all([
    checkNode(process.versions.node),
    checkFfmpeg(config, systemClock),
    checkRedis(config, systemClock),
    checkData(config),
    checkDisk(config),
    checkPort(config),
    checkAddress(config),
    checkFonts(),
    checkPages(pages),
  ]);
  const all = [...findings, ...checks];
  print(all.map(format).join(''));
  const failures = all.filter(({ verdict }) => verdict === 'FAIL').length;
  print(failures === 0 ? '\nGridcast can run here.\n' : `\n${failures} to mend before Gridcast can run here.\n`);
  return failures === 0 ? 0 : 1;
}

/** A broken configuration is a finding; the other checks then go by the defaults. */
function readConfig(env: NodeJS.ProcessEnv): { config: Config; findings: readonly Finding[] } {
  try {
    return { config: loadConfig(env, (path) => readFileSync(path, 'utf8')), findings: [] };
  } catch (error) {
    const findings = messageOf(error)
      .split('\n')
      .map((text): Finding => ({ verdict: 'FAIL', subject: 'Configuration', text }));
    return { config: loadConfig({}, () => ''), findings };
  }
}

function format({ verdict, subject, text, remedy }: Finding): string {
  const line = `${verdict.padEnd(4)}  ${subject.padEnd(13)}  ${text}\n`;
  return remedy === undefined ? line : `${line}${' '.repeat(21)}-> ${remedy}\n`;
}
