import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { ROOT } from '../../repo/source-files.ts';
import { tempDir } from '../../helpers/temp-dir.ts';
import { TestServer } from '../../helpers/test-server.ts';

const run = promisify(execFile);
const TSC = join(ROOT, 'node_modules/typescript/bin/tsc');

const PROGRAM = `
import { type ChatEntry, GridcastClient, GridcastError, type Room } from 'gridcast/client';

const [url, token] = JSON.parse(ACCESS) as [string, string];
const admin = new GridcastClient({ url, token });
const room: Room = await admin.rooms.create({ id: 'made', title: 'Made by a program', layout: { policy: 'speaker' } });
const { token: guest } = await admin.rooms.token(room.id, { role: 'participant', name: 'Ann' });
const ann = new GridcastClient({ url, token: guest });
const said: ChatEntry = await ann.chat.say(room.id, { text: 'Hello' });
for await (const { text } of admin.chat.follow(room.id, { after: said.rev - 1 })) {
  console.log(room.title, (await ann.layout.get(room.id)).policy, text);
  break;
}
try {
  await ann.rooms.update(room.id, { title: 'Mine' });
} catch (error) {
  if (error instanceof GridcastError) console.log(error.status, error.code, error.detail);
}
`;
const WRONG = `
import { GridcastClient } from 'gridcast/client';
await new GridcastClient({ url: 'http://localhost' }).layout.set('made', { policy: 'heap' });
`;

/** The package as it would be published, without the pages and the server's own declarations. */
async function pack(): Promise<string> {
  const stage = await tempDir();
  const into = ['--emitDeclarationOnly', 'false', '--outDir', join(stage, 'dist/src')];
  await run(process.execPath, [TSC, '-p', join(ROOT, 'tsconfig.client.json'), ...into]);
  for (const file of ['package.json', 'bin', 'config.example.yml', 'CHANGELOG.md', 'README.md', 'LICENSE']) {
    await cp(join(ROOT, file), join(stage, file), { recursive: true });
  }
  await run('npm', ['pack', '--ignore-scripts', '--pack-destination', stage], { cwd: stage });
  const name = (await readdir(stage)).find((file) => file.endsWith('.tgz'));
  return join(stage, name ?? 'there is no package');
}

/** Dependencies of the server are empty packages there: a client has no use for them, and there is no network. */
async function install(tarball: string, into: string): Promise<void> {
  const { dependencies } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const overrides: Record<string, string> = {};
  for (const [name, version] of Object.entries(dependencies)) {
    const folder = join(into, 'packages', name);
    await mkdir(folder, { recursive: true });
    if (name === 'zod') await cp(join(ROOT, 'node_modules/zod'), folder, { recursive: true, dereference: true });
    else await writeFile(join(folder, 'package.json'), JSON.stringify({ name, version }));
    overrides[name] = `file:packages/${name}`;
  }
  const manifest = { name: 'app', private: true, type: 'module', dependencies: { gridcast: `file:${tarball}` } };
  await writeFile(join(into, 'package.json'), JSON.stringify({ ...manifest, overrides }));
  const options = ['--offline', '--ignore-scripts', '--omit=optional', '--no-audit', '--no-fund'];
  await run('npm', ['install', ...options], { cwd: into });
}

/** What the compiler has to say. */
async function compile(app: string, ...files: readonly string[]): Promise<string> {
  const options = ['--strict', '--module', 'nodenext', '--target', 'es2023', '--lib', 'es2023,dom,esnext.disposable'];
  const compiling = run(process.execPath, [TSC, ...options, '--types', '', ...files], { cwd: app });
  const { stdout } = await compiling.catch((error: { readonly stdout: string }) => error);
  return stdout;
}

it('the packed client is installed, compiled by a strict compiler, and speaks with a server', async () => {
  const [server, tarball, app] = await Promise.all([TestServer.start(), pack(), tempDir()]);
  onTestFinished(() => server.close());
  await install(tarball, app);
  const access = JSON.stringify(JSON.stringify([server.url, server.token]));
  await writeFile(join(app, 'program.ts'), PROGRAM.replace('ACCESS', access));
  await writeFile(join(app, 'wrong.ts'), WRONG);
  const complaints = (await compile(app, 'program.ts', 'wrong.ts')).trimEnd().split('\n');
  expect(complaints.filter((line) => line.includes('error TS'))).toEqual([
    expect.stringMatching(/^wrong\.ts.*'"heap"' is not assignable/),
  ]);
  const { stdout } = await run(process.execPath, [join(app, 'program.js')]);
  expect(stdout.trimEnd().split('\n')).toEqual([
    'Made by a program speaker Hello',
    '403 host_only Only a host of this room may do this; ask for a host link.',
  ]);
  // Two compilers and a package manager take their time on a machine that does other things, too.
}, 180_000);
