/** `gridcast doctor`: looks at the machine and says what to do. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { loadConfig } from '../config/load.ts';
import type { Config } from '../config/schema.ts';
import { messageOf } from '../errors.ts';
import { webFolder } from '../server/package-root.ts';
import { systemClock } from '../util/clock.ts';
import {
  checkAddress,
  checkData,
  checkDisk,
  checkEncoder,
  checkFfmpeg,
  checkFonts,
  checkNode,
  checkPages,
  checkPort,
  checkRedis,
  type Finding,
} from './doctor-checks.ts';

/** What `gridcast doctor --help` prints. */
export const DOCTOR_HELP = `gridcast doctor

Checks what Gridcast needs of this machine: Node, FFmpeg and its encoders, Redis, the data folder and its disk, the
port, fonts and the built pages. Reads the same configuration file and environment as "gridcast serve" and changes nothing.

Exit code: 0 when the server can run, 1 when something has to be done first.
`;

/**
 * Prints one line for each check, and the remedy below it where there is something to do.
 * @returns the exit code: 0 when the server can run, 1 when something has to be done first
 * @throws TypeError of parseArgs when there are arguments, for it takes none
 */
export async function doctor(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  print: (text: string) => void = (text) => process.stdout.write(text),
): Promise<number> {
  parseArgs({ args: [...args], options: {} });
  const { config, findings } = readConfig(env);
  const checks = await Promise.all([
    checkFfmpeg(config, systemClock),
    checkEncoder(config, systemClock),
    checkRedis(config, systemClock),
    checkData(config),
    checkDisk(config),
    checkPort(config),
    checkPages(webFolder()),
  ]);
  const all = [...findings, checkNode(process.versions.node), ...checks, checkAddress(config), checkFonts()];
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
