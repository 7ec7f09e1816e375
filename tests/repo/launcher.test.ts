import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { tempDir } from '../helpers/temp-dir.ts';
import { ROOT } from './source-files.ts';

const MAIN = `const [what, value]: string[] = process.argv.slice(2);
if (what === 'exit') process.exitCode = Number(value);
if (what === 'wait') {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(signal === 'SIGINT' ? 7 : 8));
  setInterval(() => {}, 1000);
}
if (what === 'import') await import(String(value));
if (what === 'die') process.kill(process.pid, 'SIGKILL');
console.log(JSON.stringify([what, value]));
`;

// Turns the Node of the tests into one that cannot run TypeScript, as old ones cannot.
const OLD = ['--no-strip-types'];

/** A checkout with nothing but the launcher and a main.ts that does as it is told. */
async function checkout(): Promise<string> {
  const root = await tempDir();
  await mkdir(join(root, 'src'));
  await cp(join(ROOT, 'bin'), join(root, 'bin'), { recursive: true });
  await writeFile(join(root, 'package.json'), '{"type":"module"}');
  await writeFile(join(root, 'src', 'main.ts'), MAIN);
  return root;
}

async function withBundledNode(): Promise<string> {
  const root = await checkout();
  await mkdir(join(root, 'node_modules', 'node', 'bin'), { recursive: true });
  await symlink(process.execPath, join(root, 'node_modules', 'node', 'bin', 'node'));
  return root;
}

function launch(root: string, flags: readonly string[], ...args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [...flags, join(root, 'bin', 'gridcast.js'), ...args], { stdio: 'pipe' });
}

async function outcome(child: ChildProcess): Promise<{ code: unknown; out: string; err: string }> {
  const { stdout, stderr } = child;
  if (!stdout || !stderr) throw new Error('The launcher has no output');
  const [[code], out, err] = await Promise.all([once(child, 'close'), text(stdout), text(stderr)]);
  return { code, out, err };
}

describe('bin/gridcast.js', () => {
  it('runs the TypeScript of a checkout in its own process where Node can', async () => {
    const root = await checkout();
    expect(await outcome(launch(root, [], 'exit', '3'))).toEqual({ code: 3, out: '["exit","3"]\n', err: '' });
  });

  it('says what to do where the packages are missing', async () => {
    const root = await checkout();
    const { code, err } = await outcome(launch(root, [], 'import', 'not-installed'));
    expect(err).toBe(`The package not-installed is missing: type "npm ci" in ${root}.\n`);
    expect(code).toBe(1);
  });

  it('runs the compiled files where there is no TypeScript', async () => {
    const root = await tempDir();
    await cp(join(ROOT, 'bin'), join(root, 'bin'), { recursive: true });
    await mkdir(join(root, 'dist', 'src'), { recursive: true });
    await writeFile(join(root, 'package.json'), '{"type":"module"}');
    await writeFile(join(root, 'dist', 'src', 'main.js'), 'console.log("compiled")');
    expect(await outcome(launch(root, OLD))).toEqual({ code: 0, out: 'compiled\n', err: '' });
  });

  it('hands over to the Node that the checkout brings, with arguments and exit code', async () => {
    const root = await withBundledNode();
    expect(await outcome(launch(root, OLD, 'exit', '3'))).toEqual({ code: 3, out: '["exit","3"]\n', err: '' });
  });

  it.each([
    ['SIGINT', 7],
    ['SIGTERM', 8],
  ] as const)('passes %s on and ends when the other has ended', async (signal, code) => {
    const child = launch(await withBundledNode(), OLD, 'wait', '');
    const ended = outcome(child);
    if (!child.stdout) throw new Error('The launcher has no output');
    await once(child.stdout, 'data');
    child.kill(signal);
    expect(await ended).toMatchObject({ code });
  });

  it('tells of a signal that ended the other as a shell does', async () => {
    expect(await outcome(launch(await withBundledNode(), OLD, 'die', ''))).toMatchObject({ code: 128 + 9 });
  });

  it('says in one line what to do when no Node can run it', async () => {
    const { code, out, err } = await outcome(launch(await checkout(), OLD));
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(
      /^Gridcast needs Node 22\.16 or newer and this is [\d.]+: type "npm ci" here, which brings Node 24\.\n$/,
    );
  });

  it('says what to do when the Node it found cannot be started', async () => {
    const root = await checkout();
    const folder = join(root, 'node_modules', 'node', 'bin');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'node'), '');
    await chmod(join(folder, 'node'), 0o600);
    const { code, err } = await outcome(launch(root, OLD));
    expect(code).toBe(1);
    expect(err).toContain('could not be started');
    expect(err).toContain('npm rebuild node');
  });
});
