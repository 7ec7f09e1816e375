import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { nullLogger } from '../../../src/logger.ts';
import { MachineMark, MARK_FILE, refuseOtherMachine } from '../../../src/server/machine-mark.ts';
import { systemClock } from '../../../src/util/clock.ts';
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
