import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Database } from '../../../src/database/database.ts';
import { nullLogger } from '../../../src/logger.ts';
import { MAX_STORED_AVATARS, PictureStore, pictureMigrations } from '../../../src/room/picture-store.ts';
import { defaultSettings } from '../../../src/room/room-settings.ts';
import { RoomStore, roomMigrations } from '../../../src/room/room-store.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

async function open(): Promise<{ pictures: PictureStore; rooms: RoomStore }> {
  const path = join(await tempDir(), 'db.sqlite');
  const migrations = [...roomMigrations, ...pictureMigrations];
  const database = await Database.open({ path, migrations, log: nullLogger });
  onTestFinished(() => database.close());
  const rooms = new RoomStore(database, nullLogger);
  for (const id of ['hall', 'attic']) {
    await rooms.insert({ id, title: id, createdAt: new Date(0), tokenVersion: 1, settings: defaultSettings() });
  }
  return { pictures: new PictureStore(database), rooms };
}

describe('the pictures in the database', () => {
  it('come back as they were put, each in its own place', async () => {
    const { pictures } = await open();
    await pictures.put('hall', 'logo', Uint8Array.of(1, 0, 2));
    await pictures.put('hall', 'background', Uint8Array.of(3));
    await pictures.put('attic', 'logo', Uint8Array.of(4));
    await pictures.put('hall', 'logo', Uint8Array.of(5, 6));
    expect(await pictures.get('hall', 'logo')).toEqual(Uint8Array.of(5, 6));
    expect(await pictures.get('hall', 'background')).toEqual(Uint8Array.of(3));
    expect(await pictures.get('attic', 'logo')).toEqual(Uint8Array.of(4));
    expect(await pictures.get('attic', 'background')).toBeUndefined();
    await pictures.remove('hall', 'logo');
    await pictures.remove('hall', 'logo');
    expect(await pictures.get('hall', 'logo')).toBeUndefined();
  });

  it('go with their room', async () => {
    const { pictures, rooms } = await open();
    await pictures.put('hall', 'logo', Uint8Array.of(1));
    await pictures.put('hall', 'avatar/ann', Uint8Array.of(2));
    await pictures.put('attic', 'logo', Uint8Array.of(3));
    await rooms.remove('hall');
    expect(await pictures.get('hall', 'logo')).toBeUndefined();
    expect(await pictures.get('hall', 'avatar/ann')).toBeUndefined();
    expect(await pictures.get('attic', 'logo')).toEqual(Uint8Array.of(3));
    await expect(pictures.put('hall', 'logo', Uint8Array.of(1))).rejects.toThrow('FOREIGN KEY');
  });

  it('keep the newest avatars of a room, and nothing else makes room for them', async () => {
    const { pictures } = await open();
    await pictures.put('hall', 'logo', Uint8Array.of(1));
    await pictures.put('attic', 'avatar/p0', Uint8Array.of(1));
    for (let index = 0; index < MAX_STORED_AVATARS; index += 1) {
      await pictures.put('hall', `avatar/p${index}`, Uint8Array.of(index));
    }
    expect(await pictures.get('hall', 'avatar/p0')).toEqual(Uint8Array.of(0));
    // Set again: now the second is the oldest.
    await pictures.put('hall', 'avatar/p0', Uint8Array.of(99));
    await pictures.put('hall', 'avatar/more', Uint8Array.of(1));
    expect(await pictures.get('hall', 'avatar/p0')).toEqual(Uint8Array.of(99));
    expect(await pictures.get('hall', 'avatar/p1')).toBeUndefined();
    expect(await pictures.get('hall', 'avatar/p2')).toEqual(Uint8Array.of(2));
    expect(await pictures.get('hall', 'logo')).toEqual(Uint8Array.of(1));
    expect(await pictures.get('attic', 'avatar/p0')).toEqual(Uint8Array.of(1));
  });
});
