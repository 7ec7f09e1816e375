import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { nullLogger } from '../../../src/logger.ts';
import { MachineMark, MARK_FILE, refuseOtherMachine } from '../../../src/server/machine-mark.ts';
import { type Clock, systemClock } from '../../../src/util/clock.ts';
import { ServeProcess } from '../../helpers/serve-process.ts';
import { tempDir } from '../../helpers/temp-dir.ts';
import { TestServer } from '../../helpers/test-server.ts';

const common = { clock: systemClock, log: nullLogger };

it('a folder that a server on another machine has is refused, and given back with its end', async () => {
  const dataDir = await tempDir();
  const mark = await MachineMark.set({ ...common, dataDir, host: 'studio', beatMs: 20 });
  onTestFinished(() => mark.close());
  const asked = refuseOtherMachine({ ...common, dataDir, host: 'office', listenMs: 60_000 });
  await expect(asked).rejects.toThrow(
    `runs on the data folder ${dataDir} already, on the machine studio; stop that one`,
  );
  // Its own machine has a lock that tells at once, and need not wait.
  await refuseOtherMachine({ ...common, dataDir, host: 'studio', listenMs: 60_000 });
  await mark.close();
  expect(await readdir(dataDir)).toEqual([]);
  await refuseOtherMachine({ ...common, dataDir, host: 'office', listenMs: 60_000 });
});

it('a machine that died has the folder no more', async () => {
  const dataDir = await tempDir();
  await writeFile(join(dataDir, MARK_FILE), 'studio 7\n');
  await refuseOtherMachine({ ...common, dataDir, host: 'office', listenMs: 300 });
});

it('the machine that is named is the one that has the folder now, not the one that died before', async () => {
  const dataDir = await tempDir();
  await writeFile(join(dataDir, MARK_FILE), 'studio 7\n');
  const listens = Promise.withResolvers<void>();
  const after: Clock['after'] = (ms, fn) => {
    listens.resolve();
    return systemClock.after(ms, fn);
  };
  const asked = refuseOtherMachine({ clock: { ...systemClock, after }, dataDir, host: 'office', listenMs: 60_000 });
  // It may be refused before anybody waits for it.
  void asked.catch(() => {});
  await listens.promise;
  const mark = await MachineMark.set({ ...common, dataDir, host: 'attic' });
  onTestFinished(() => mark.close());
  await expect(asked).rejects.toThrow('already, on the machine attic;');
});

it('a server from which another machine took the folder, as after it slept, is told, and leaves the other one its mark', async () => {
  const dataDir = await tempDir();
  const onTaken = vi.fn<(host: string) => void>();
  const slept = await MachineMark.set({ ...common, dataDir, host: 'studio', beatMs: 20, onTaken });
  const other = await MachineMark.set({ ...common, dataDir, host: 'office' });
  onTestFinished(() => other.close());
  await vi.waitFor(() => expect(onTaken).toHaveBeenCalled(), { timeout: 9000 });
  await slept.close();
  expect(onTaken.mock.calls).toEqual([['office']]);
  expect(await readFile(join(dataDir, MARK_FILE), 'utf8')).toBe('office 000000000000\n');
});

it('a server that ends before it has noticed leaves the other one its mark, too', async () => {
  const dataDir = await tempDir();
  const slept = await MachineMark.set({ ...common, dataDir, host: 'studio' });
  const other = await MachineMark.set({ ...common, dataDir, host: 'office' });
  onTestFinished(() => other.close());
  await slept.close();
  expect(await readdir(dataDir)).toEqual([MARK_FILE]);
});

it('a mark that somebody deletes is made again', async () => {
  const dataDir = await tempDir();
  const mark = await MachineMark.set({ ...common, dataDir, host: 'studio', beatMs: 20 });
  onTestFinished(() => mark.close());
  await rm(join(dataDir, MARK_FILE));
  await vi.waitFor(async () => expect(await readdir(dataDir)).toEqual([MARK_FILE]), { timeout: 9000 });
});

it('gridcast serve ends at once, without another word to the folder, when another machine has taken it', async () => {
  const data = await tempDir();
  const server = await ServeProcess.start(data);
  const taken = 'another-machine 000000000001\n';
  await writeFile(join(data, MARK_FILE), taken);
  expect(await server.ended()).toBe(1);
  expect(await readFile(join(data, MARK_FILE), 'utf8')).toBe(taken);
});

it('a server does not start beside one of another machine, and does after its end', async () => {
  const data = await tempDir();
  const mark = await MachineMark.set({ ...common, dataDir: data, host: 'studio', beatMs: 20 });
  onTestFinished(() => mark.close());
  const config = { server: { data, port: 0 } };
  await expect(TestServer.start(config)).rejects.toThrow('already, on the machine studio');
  expect(await readdir(data)).toEqual([MARK_FILE]);
  await mark.close();
  const server = await TestServer.start(config);
  expect(await readFile(join(data, MARK_FILE), 'utf8')).toMatch(/^\S+ \d{12}\n$/);
  await server.close();
  expect(await readdir(data)).not.toContain(MARK_FILE);
});
