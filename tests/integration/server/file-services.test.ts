import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { configSchema } from '../../../src/config/schema.ts';
import { Database } from '../../../src/database/database.ts';
import type { RoomFiles } from '../../../src/files/room-files.ts';
import { nullLogger } from '../../../src/logger.ts';
import { BanStore } from '../../../src/room/ban-store.ts';
import type { KeptOutEntry } from '../../../src/room/kept-out.ts';
import { defaultSettings } from '../../../src/room/room-settings.ts';
import { Room } from '../../../src/room/room.ts';
import { RoomStore } from '../../../src/room/room-store.ts';
import { openFiles } from '../../../src/server/file-services.ts';
import { serverMigrations } from '../../../src/server/server-migrations.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

it('a file whose last byte came just before a crash is not shared by the next start, when its sender was sent out', async () => {
  const [dataDir, clock] = [await tempDir(), new FakeClock()];
  const database = await Database.open({ path: ':memory:', migrations: serverMigrations, log: nullLogger });
  onTestFinished(() => database.close());
  const about = { id: 'hall', title: 'Hall', createdAt: new Date(clock.wallMs()) };
  await new RoomStore(database, nullLogger).insert({ ...about, tokenVersion: 1, settings: defaultSettings() });
  const start = async (room?: Room): Promise<RoomFiles> => {
    const parts = { config: configSchema.parse({}), database, dataDir, clock, log: nullLogger };
    const { files } = await openFiles({ ...parts, room: () => room });
    onTestFinished(() => files.close());
    return files;
  };
  const before = await start(new Room({ ...about, limits: { maxParticipants: 9, maxTracksPerParticipant: 6 } }));
  const begun = async (id: string): Promise<string> => {
    const by = { id, name: id, role: 'participant' } as const;
    return (await before.begin('hall', by, { name: id, type: null, size: 3 })).id;
  };
  const ids = {
    ann: await begun('ann'),
    banned: await begun('banned'),
    removed: await begun('removed'),
  };
  clock.advance(1000);
  const bans = new BanStore(database);
  for (const kind of ['banned', 'removed'] as const) {
    const out: KeptOutEntry = {
      ...{ id: kind, kind, participant: kind, clientKey: undefined, name: kind, by: 'ben' },
      at: new Date(clock.wallMs()),
    };
    await bans.add('hall', out, []);
  }
  clock.advance(1000);
  // With a newer invite.
  const again = await begun('removed');
  await before.close();
  for (const id of [...Object.values(ids), again]) await writeFile(join(dataDir, 'files', id), 'abc');

  const after = await start();
  expect(await after.find('hall', ids.ann)).toMatchObject({ complete: true });
  await expect(after.find('hall', ids.banned)).rejects.toMatchObject({ code: 'file_not_found' });
  // Should they be let in again, they ask for it.
  expect(await after.find('hall', ids.removed)).toMatchObject({ complete: false, received: 3 });
  expect(await after.find('hall', again)).toMatchObject({ complete: true });
});
