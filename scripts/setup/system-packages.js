/** Programs and fonts from the system's package manager: apt-get on Debian and Ubuntu, Homebrew on macOS. */
import { hasCommand, run, succeeds } from './commands.js';
import { say, stop, timed } from './say.js';

/**
 * Installs what is missing of `needs`.
 * @param needs rows of needs.js; `required: false` ones are only mentioned when they cannot be installed
 */
export function ensureSystemPackages(needs) {
  const missing = needs.filter((need) => !need.present());
  if (missing.length === 0) return;
  const manager = packageManager();
  if (manager === undefined) {
    giveUp(missing, 'Install them with your package manager, then try again.');
    return;
  }
  const steps = manager.steps(missing);
  const command = `Type:  ${steps.map((step) => manager.shown(step).join(' ')).join(' && ')}`;
  if (!manager.allowed()) {
    giveUp(missing, 'Installing them needs root, and this user may not become root silently.', command);
    return;
  }
  for (const line of list(missing)) say(line);
  const names = packages(missing, manager.name).join(', ');
  timed(`${manager.name} installs ${names} (up to 2 minutes)`, () => steps.every((step) => manager.run(step)));
  const still = missing.filter((need) => !need.present());
  if (still.length > 0) giveUp(still, 'The installation failed; the lines above say why.', command);
}

/** Ends the start when something required is among the `missing`; otherwise only mentions it. */
function giveUp(missing, ...remedy) {
  const lines = [...list(missing), ...remedy];
  if (missing.some((need) => need.required)) stop(...lines);
  for (const line of lines) say(line);
}

function list(needs) {
  return needs.map((need) => `${need.what} is missing; it is needed ${need.why}.`);
}

/** Names for the package manager; one package may meet several needs. */
function packages(needs, manager) {
  return [...new Set(needs.map((need) => need[manager]))];
}

function packageManager() {
  if (hasCommand('apt-get')) return apt;
  return hasCommand('brew') ? brew : undefined;
}

function isRoot() {
  return process.getuid?.() === 0;
}

const apt = {
  name: 'apt-get',
  allowed: () => isRoot() || (hasCommand('sudo') && succeeds('sudo', ['-n', 'true'])),
  steps: (needs) => [
    ['apt-get', 'update', '-qq'],
    ['apt-get', 'install', '-y', '-qq', '--no-install-recommends', ...packages(needs, 'apt-get')],
  ],
  shown: (step) => (isRoot() ? step : ['sudo', ...step]),
  run(step) {
    // Without a terminal to ask on, and patient while another apt-get runs.
    const args = [...step.slice(1), '-o', 'DPkg::Lock::Timeout=120', '-o', 'Dpkg::Use-Pty=0'];
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    if (isRoot()) return run(step[0], args, { env });
    return run('sudo', ['-n', 'DEBIAN_FRONTEND=noninteractive', step[0], ...args]);
  },
};

const brew = {
  name: 'brew',
  allowed: () => !isRoot(),
  steps: (needs) => needs.map((need) => ['brew', 'install', ...need.brew.split(' ')]),
  shown: (step) => step,
  run: (step) => run(step[0], step.slice(1)),
};
