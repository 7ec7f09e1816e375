/** `gridcast doctor`: looks at the machine and says what to do. */
import { parseArgs } from 'node:util';
import { loadConfig } from '../config/load.ts';
import type { Config } from '../config/schema.ts';
import { messageOf } from '../errors.ts';
import { webFolder } from '../server/package-root.ts';
import { systemClock } from '../util/clock.ts';
import {
  checkAddress,
  checkData,
  checkDatabase,
  checkDisk,
  checkEncoder,
  checkFfmpeg,
  checkFonts,
  checkNode,
  checkPages,
  checkPort,
  type Finding,
} from './doctor-checks.ts';
import { checkCertificate } from './doctor-certificate.ts';
import { checkRedis } from './doctor-redis.ts';
import { checkStore } from './doctor-store.ts';
import { checkWorkers } from './doctor-workers.ts';

/** What `gridcast doctor --help` prints. */
export const DOCTOR_HELP = `gridcast doctor

Checks what Gridcast needs of this machine: Node, FFmpeg and its encoders, Redis, workers, the data folder and its
disk, the object store, the port, the certificate, fonts and the built pages. Reads the same configuration file and
environment as "gridcast serve" and changes nothing.

  --make-cert  instead of checking, makes a certificate for this machine's names and addresses, and an authority that
               signs it, in DATA/tls; says what to configure and how phones and computers come to trust it. Run it
               again to renew the certificate: the authority stays.

Exit code: 0 when the server can run, 1 when something has to be done first.
`;

/**
 * Prints one line for each check, and the remedy below it where there is something to do.
 * @returns the exit code: 0 when the server can run, 1 when something has to be done first
 * @throws TypeError of parseArgs for arguments that it does not take; with --make-cert ConfigError when nothing can be made
 */
export async function doctor(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  print: (text: string) => void = (text) => process.stdout.write(text),
): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { 'make-cert': { type: 'boolean', default: false } } });
  if (values['make-cert']) return makeCertificate(env, print);
  const { config, findings } = readConfig(env);
  const checks = await Promise.all([
    checkFfmpeg(config, systemClock),
    checkEncoder(config, systemClock),
    checkRedis(config, systemClock),
    checkWorkers(config, systemClock),
    checkData(config),
    checkDatabase(config),
    checkDisk(config),
    checkStore(config),
    checkPort(config),
    checkCertificate(config, systemClock),
    checkPages(webFolder()),
  ]);
  const all = [...findings, checkNode(process.versions.node), ...checks.flat(), checkAddress(config), checkFonts()];
  print(all.map(format).join(''));
  const failures = all.filter(({ verdict }) => verdict === 'FAIL').length;
  print(failures === 0 ? '\nGridcast can run here.\n' : `\n${failures} to mend before Gridcast can run here.\n`);
  return failures === 0 ? 0 : 1;
}

async function makeCertificate(env: NodeJS.ProcessEnv, print: (text: string) => void): Promise<number> {
  // Loaded when used, for nobody else needs what makes certificates.
  const { makeCert } = await import('./make-cert.ts');
  print(await makeCert(loadConfig(env), systemClock));
  return 0;
}

/** A broken configuration is a finding; the other checks then go by the defaults. */
function readConfig(env: NodeJS.ProcessEnv): { config: Config; findings: readonly Finding[] } {
  try {
    return { config: loadConfig(env), findings: [] };
  } catch (error) {
    const findings = messageOf(error)
      .split('\n')
      .map((text): Finding => ({ verdict: 'FAIL', subject: 'Configuration', text }));
    return { config: loadConfig({}), findings };
  }
}

function format({ verdict, subject, text, remedy }: Finding): string {
  const line = `${verdict.padEnd(4)}  ${subject.padEnd(13)}  ${text}\n`;
  return remedy === undefined ? line : `${line}${' '.repeat(21)}-> ${remedy}\n`;
}
