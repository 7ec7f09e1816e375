import { spawnSync } from 'node:child_process';
import { chmod, cp, mkdir, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { missingSystems } from '../../scripts/setup/lock-systems.js';
import { PAGE_SOURCES } from '../../scripts/setup/web-build.js';
import { tempDir } from '../helpers/temp-dir.ts';
import { importsOf } from './import-graph.ts';
import { ROOT, sourceFiles } from './source-files.ts';

const LOCKED = {
  '': { version: '0.1.0' },
  'node_modules/koa': { version: '3.3.0' },
  'node_modules/other-system': { version: '1.0.0', optional: true },
};

/** A folder with the set-up and the lock file in it, and npm's record of what is installed. */
async function folder(installed?: object): Promise<string> {
  const root = await tempDir();
  await cp(join(ROOT, 'scripts'), join(root, 'scripts'), { recursive: true });
  await writeFile(join(root, 'package.json'), '{"type":"module"}');
  await writeFile(join(root, 'package-lock.json'), JSON.stringify({ packages: LOCKED }));
  if (!installed) return root;
  await script(join(root, 'node_modules', 'node', 'bin'), 'node', '');
  await writeFile(join(root, 'node_modules', '.package-lock.json'), JSON.stringify({ packages: installed }));
  return root;
}

/** A program for the set-up to find. */
async function script(dir: string, name: string, body: string): Promise<void> {
  await mkdir(dir, { recursive: true });
  await writeFile(join(dir, name), `#!/bin/sh\n${body}\n`);
  await chmod(join(dir, name), 0o755);
}

/** Runs one step of the set-up, seeing only the programs of `path`. */
function step(root: string, code: string, path: string): { code: number | null; out: string; err: string } {
  const env = { PATH: path, HOME: root };
  const result = spawnSync(process.execPath, ['--input-type=module', '-e', code], { cwd: root, env, encoding: 'utf8' });
  return { code: result.status, out: result.stdout, err: result.stderr };
}

function whyInstall(root: string): string {
  const code = `import { whyInstall } from '${root}/scripts/setup/node-modules.js'; console.log(whyInstall('${root}'));`;
  return step(root, code, '').out.trim();
}

function systemStep(root: string, path: string, required = true): ReturnType<typeof step> {
  const code = `
    import { ensureSystemPackages } from '${root}/scripts/setup/system-packages.js';
    import { existsSync } from 'node:fs';
    const need = { what: 'Foo', why: 'to bar', required: ${required}, 'apt-get': 'foo', brew: 'foo' };
    ensureSystemPackages([{ ...need, present: () => existsSync('${root}/foo-is-there') }]);
    console.log('went on');`;
  return step(root, code, path);
}

describe('the set-up of npm packages', () => {
  it('installs when there are none', async () => {
    expect(whyInstall(await folder())).toBe('node_modules is missing');
  });

  it('does nothing when what is there is what the lock file says, packages for other systems apart', async () => {
    expect(whyInstall(await folder({ 'node_modules/koa': { version: '3.3.0' } }))).toBe('undefined');
  });

  it('installs when the lock file has moved on', async () => {
    expect(whyInstall(await folder({ 'node_modules/koa': { version: '3.2.0' } }))).toContain('asks for others');
    expect(whyInstall(await folder({}))).toContain('asks for others');
  });

  it('installs when Node 24 is missing', async () => {
    const root = await folder({ 'node_modules/koa': { version: '3.3.0' } });
    await chmod(join(root, 'node_modules', 'node', 'bin', 'node'), 0o644);
    expect(whyInstall(root)).toBe('Node 24 is missing');
  });

  it('stops with the command to type when npm fails', async () => {
    const root = await folder();
    const bin = join(root, 'fake-bin');
    await script(bin, 'npm', 'echo "npm was asked: $*"; exit 1');
    const code = `import { ensureNodeModules } from '${root}/scripts/setup/node-modules.js'; ensureNodeModules('${root}');`;
    const result = step(root, code, bin);
    expect(result.code).toBe(1);
    expect(result.out).toContain('npm was asked: ci');
    expect(result.err).toContain('then type:  npm ci');
  });
});

describe('the set-up of system packages', () => {
  it('says nothing and starts nothing when all is there', async () => {
    const root = await folder();
    await writeFile(join(root, 'foo-is-there'), '');
    expect(systemStep(root, '')).toEqual({ code: 0, out: 'went on\n', err: '' });
  });

  it('says what it installs and why, and goes on', async () => {
    const root = await folder();
    const bin = join(root, 'fake-bin');
    await script(
      bin,
      'apt-get',
      `echo "apt-get $*" >> '${root}/calls'; [ "$1" = update ] || : > '${root}/foo-is-there'`,
    );
    await script(bin, 'sudo', '[ "$1" = -n ] && shift; [ "$1" = true ] && exit 0; shift; exec "$@"');
    const result = systemStep(root, bin);
    expect(result).toMatchObject({ code: 0, err: '' });
    expect(result.out).toMatch(
      /Foo is missing; it is needed to bar\.\n.*apt-get installs foo .*\n.*done after .*\nwent on\n$/,
    );
  });

  it('names a package once that meets several needs', async () => {
    const code = `
      import { ensureSystemPackages } from '${ROOT}/scripts/setup/system-packages.js';
      const need = (what, name) => ({ what, why: 'to bar', required: true, 'apt-get': name, present: () => false });
      ensureSystemPackages([need('Foo', 'fonts'), need('Bar', 'fonts'), need('Baz', 'other')]);`;
    const bin = join(await folder(), 'fake-bin');
    await script(bin, 'apt-get', 'exit 100');
    expect(step(ROOT, code, bin).err).toMatch(/apt-get install .*no-install-recommends fonts other$/m);
  });

  it('stops with the command to type when there is no package manager', async () => {
    const result = systemStep(await folder(), '');
    expect(result).toMatchObject({ code: 1, out: '' });
    expect(result.err).toContain('Foo is missing; it is needed to bar.');
    expect(result.err).toContain('Install them with your package manager');
  });

  it('goes on with a remark when only something optional is missing', async () => {
    const result = systemStep(await folder(), '', false);
    expect(result).toMatchObject({ code: 0, err: '' });
    expect(result.out).toContain('Foo is missing');
  });

  it('stops with the command to type when the installation failed', async () => {
    const root = await folder();
    const bin = join(root, 'fake-bin');
    await script(bin, 'apt-get', 'exit 100');
    await script(bin, 'sudo', '[ "$1" = -n ] && shift; [ "$1" = true ] && exit 0; shift; exec "$@"');
    const result = systemStep(root, bin);
    expect(result.code).toBe(1);
    expect(result.err).toContain('Foo is missing; it is needed to bar.');
    expect(result.err).toMatch(/Type: .*apt-get update.* && .*apt-get install .*foo/);
  });
});

describe('the set-up of the pages', () => {
  const build = (root: string): ReturnType<typeof step> =>
    step(
      root,
      `import { ensureWebBuild } from '${root}/scripts/setup/web-build.js'; ensureWebBuild('${root}');`,
      '/usr/bin:/bin',
    );

  /** A checkout whose vite only says that it was called. */
  async function checkout(): Promise<string> {
    const root = await folder({});
    for (const dir of ['web/pages', 'src/protocol', 'src/media', 'src/client', 'src/layout', 'node_modules/vite/bin']) {
      await mkdir(join(root, dir), { recursive: true });
    }
    for (const file of ['web/pages/a.ts', 'src/errors.ts', 'tsconfig.json']) await writeFile(join(root, file), '');
    const vite =
      "import { mkdirSync } from 'node:fs'; mkdirSync('dist/web', { recursive: true }); console.log('vite was called');";
    await writeFile(join(root, 'node_modules', 'vite', 'bin', 'vite.js'), vite);
    const node = join(root, 'node_modules', 'node', 'bin', 'node');
    await symlink(process.execPath, `${node}-real`);
    await script(join(root, 'node_modules', 'node', 'bin'), 'node', `exec '${node}-real' "$@"`);
    return root;
  }

  it('builds them once, and again when a source is newer', async () => {
    const root = await checkout();
    expect(build(root).out).toContain('vite was called');
    expect(build(root)).toEqual({ code: 0, out: '', err: '' });
    const later = new Date(Date.now() + 60_000);
    await utimes(join(root, 'web', 'pages', 'a.ts'), later, later);
    expect(build(root).out).toContain('their sources changed');
  });

  it('looks at everything that ends up in a page', () => {
    const files = new Map(sourceFiles('*.ts').map((file) => [file.path, file]));
    const reached = new Set([...files.keys()].filter((path) => path.startsWith('web/')));
    for (const path of reached) {
      const file = files.get(path);
      for (const { to, typeOnly } of file ? importsOf(file) : []) if (!typeOnly && files.has(to)) reached.add(to);
    }
    const watched = (path: string): boolean =>
      PAGE_SOURCES.some((source) => path === source || path.startsWith(`${source}/`));
    expect([...reached].filter((path) => !watched(path))).toEqual([]);
  });

  it('stops when vite fails, and tries again the next time', async () => {
    const root = await checkout();
    await writeFile(join(root, 'node_modules', 'vite', 'bin', 'vite.js'), 'process.exit(1)');
    expect(build(root)).toMatchObject({ code: 1 });
    expect(build(root).err).toContain('npm run build:web');
  });
});

describe('the completion of the lock file', () => {
  const parent = (optionalDependencies: object): Record<string, object> => ({
    'node_modules/a': { dev: true, optionalDependencies },
  });

  it('adds what the name of a package says about its system', () => {
    expect(
      missingSystems(
        parent({ '@a/b-darwin-arm64': '1.2.3', '@a/b-linux-x64-musl': '1.2.3', '@a/b-win32-ia32-msvc': '1.2.3' }),
      ),
    ).toEqual([
      [
        'node_modules/@a/b-darwin-arm64',
        { version: '1.2.3', cpu: ['arm64'], dev: true, optional: true, os: ['darwin'] },
      ],
      [
        'node_modules/@a/b-linux-x64-musl',
        { version: '1.2.3', cpu: ['x64'], dev: true, libc: ['musl'], optional: true, os: ['linux'] },
      ],
      [
        'node_modules/@a/b-win32-ia32-msvc',
        { version: '1.2.3', cpu: ['ia32'], dev: true, optional: true, os: ['win32'] },
      ],
    ]);
  });

  it('leaves alone what is written down, at the top or below its parent', () => {
    const rows = { 'node_modules/b': {}, 'node_modules/a/node_modules/c': {} };
    expect(missingSystems({ ...parent({ b: '1.0.0', c: '1.0.0' }), ...rows })).toEqual([]);
  });

  it('refuses to guess', () => {
    expect(() => missingSystems(parent({ mystery: '1.0.0' }))).toThrow('its name does not say where it runs');
    expect(() => missingSystems(parent({ 'b-linux-x64': '^1.0.0' }))).toThrow('b-linux-x64 ^1.0.0');
  });
});
