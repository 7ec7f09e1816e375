import { appendFile, mkdir, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeEach, describe, expect, it } from 'vitest';
import { backupCommand } from '../../../src/cli/backup/backup-command.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

let dataDir: string;
let copy: string;

beforeEach(async () => {
  const root = await tempDir();
  dataDir = join(root, 'data');
  copy = join(root, 'copy');
  await mkdir(dataDir);
  const database = new DatabaseSync(join(dataDir, 'gridcast.db'));
  database.exec("pragma journal_mode = wal; create table rooms (id text); insert into rooms values ('monday')");
  database.close();
  await keep('secret', 'one', 0o600);
  await keep('recordings/r1/recording.mp4', 'a film');
  await keep('recordings/r1/manifest.json', '{}');
  await keep('sessions/s1/000.log', 'pictures');
  await keep('files/monday/report.pdf', 'a file');
  await keep('redis/appendonly.aof', 'jobs');
});

async function keep(path: string, text: string, mode = 0o644): Promise<void> {
  await mkdir(dirname(join(dataDir, path)), { recursive: true });
  await writeFile(join(dataDir, path), text, { mode });
}

async function backup(...args: string[]): Promise<string> {
  let text = '';
  const code = await backupCommand([copy, '--quiet', ...args], { GRIDCAST_DATA: dataDir }, (more) => (text += more));
  expect(code).toBe(0);
  return text;
}

async function copied(): Promise<string[]> {
  const entries = await readdir(copy, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  return files.map((path) => path.slice(copy.length + 1)).toSorted();
}

const WHOLE = [
  'backup.json',
  'files/monday/report.pdf',
  'gridcast.db',
  'recordings/r1/manifest.json',
  'recordings/r1/recording.mp4',
  'secret',
  'sessions/s1/000.log',
];

describe('gridcast backup', () => {
  it('copies the database, the keys and the media, for its owner alone, and not Redis', async () => {
    const text = await backup();
    expect(text).toMatch(
      /^Database {3}[\d.]+ kB, as it was at 20.*\nFiles {6}5 copied \(\d+ bytes\), 0 were there already\n/,
    );
    expect(text).toContain(`The copy is in ${copy}.`);
    expect(await copied()).toEqual(WHOLE);
    expect((await stat(copy)).mode & 0o777).toBe(0o700);
    expect((await stat(join(copy, 'secret'))).mode & 0o777).toBe(0o600);
    const database = new DatabaseSync(join(copy, 'gridcast.db'), { readOnly: true });
    expect(database.prepare('select id from rooms').all()).toEqual([{ id: 'monday' }]);
    database.close();
  });

  it('lets nobody else read the database, also in a folder that was there', async () => {
    await mkdir(copy, { mode: 0o755 });
    await backup();
    expect((await stat(join(copy, 'gridcast.db'))).mode & 0o777).toBe(0o600);
  });

  it('copies only what is new or has changed the next time', async () => {
    await backup();
    const marked = new Date('2001-02-03T04:05:06Z');
    await utimes(join(copy, 'recordings/r1/recording.mp4'), marked, marked);
    await utimes(join(dataDir, 'recordings/r1/recording.mp4'), marked, marked);
    await appendFile(join(dataDir, 'sessions/s1/000.log'), ' and sound');
    await keep('recordings/r2/recording.mp4', 'another film');
    expect(await backup()).toContain('2 copied (30 bytes), 4 were there already');
    expect(await readFile(join(copy, 'sessions/s1/000.log'), 'utf8')).toBe('pictures and sound');
  });

  it('keeps what was deleted, unless it is told otherwise', async () => {
    await backup();
    await rm(join(dataDir, 'recordings/r1'), { recursive: true });
    await backup();
    expect(await copied()).toEqual(WHOLE);
    expect(await backup('--prune')).toContain('2 deleted from the copy');
    expect(await copied()).toEqual(WHOLE.filter((path) => !path.startsWith('recordings/')));
    expect(await readdir(copy)).not.toContain('recordings');
  });

  it('leaves the media out, and does not prune them then', async () => {
    await backup();
    await rm(join(dataDir, 'recordings'), { recursive: true });
    expect(await backup('--without-media', '--prune')).toContain('0 deleted');
    expect(await copied()).toEqual(WHOLE);
  });

  it('follows a folder that lies elsewhere, and names the links that it does not follow', async () => {
    const elsewhere = await tempDir();
    await writeFile(join(elsewhere, 'clip.mp4'), 'a clip');
    await symlink(elsewhere, join(dataDir, 'clips'));
    await symlink('/etc', join(dataDir, 'recordings', 'r9'));
    expect(await backup()).toContain('Not in it  recordings/r9, which is a link\n');
    expect(await copied()).toEqual([...WHOLE, 'clips/clip.mp4'].toSorted());
  });

  it('tells what lies elsewhere by the configuration', async () => {
    const file = join(await tempDir(), 'gridcast.yml');
    await writeFile(file, 'recordings: { keyFile: /keys/recordings }\nstorage: { kind: s3, bucket: films }\n');
    let text = '';
    const env = { GRIDCAST_DATA: dataDir, GRIDCAST_CONFIG: file };
    await backupCommand([copy, '--quiet'], env, (more) => (text += more));
    expect(text).toContain("Not in it  the key of the recordings' keys, /keys/recordings\n");
    expect(text).toContain('Not in it  what is in the bucket films alone\n');
  });

  it('takes the database from where it is', async () => {
    const place = join(await tempDir(), 'lists.db');
    const database = new DatabaseSync(place);
    database.exec('create table elsewhere (id text)');
    database.close();
    await backupCommand([copy, '--quiet'], { GRIDCAST_DATA: dataDir, DATABASE_URL: `sqlite:${place}` }, () => {});
    const copied = new DatabaseSync(join(copy, 'gridcast.db'), { readOnly: true });
    expect(copied.prepare('select name from sqlite_schema').all()).toEqual([{ name: 'elsewhere' }]);
    copied.close();
  });

  it('refuses folders that hold something else, and those that are one with the data folder', async () => {
    const refused = async (args: readonly string[], message: string): Promise<void> => {
      const about = { code: 'usage', message: expect.stringContaining(message) };
      await expect(backupCommand(args, { GRIDCAST_DATA: dataDir }, () => {})).rejects.toMatchObject(about);
    };
    await refused([], 'Name one folder');
    await refused(['a', 'b'], 'Name one folder');
    for (const folder of [dataDir, join(dataDir, 'copy'), dirname(dataDir)]) await refused([folder], 'in one another');
    await mkdir(copy);
    await writeFile(join(copy, 'letter.txt'), 'mine');
    await refused([copy], 'neither empty nor the copy');
    expect(await readdir(copy)).toEqual(['letter.txt']);
  });

  it('waits for no other backup into the same folder, and takes over from one that died', async () => {
    await backup();
    await writeFile(join(copy, 'backup.running'), String(process.pid));
    await expect(backup()).rejects.toMatchObject({ code: 'backup_running' });
    // Above what Linux gives to a process.
    await writeFile(join(copy, 'backup.running'), '4194305');
    await backup();
    expect(await copied()).toEqual(WHOLE);
  });

  it('goes on the next time after it was interrupted the first time', async () => {
    await mkdir(join(dataDir, 'files/monday/zz'), { mode: 0o700 });
    await keep('files/monday/zz/late.txt', 'late');
    // In the way of what comes last.
    await mkdir(join(copy, 'files/monday/zz/late.txt/in-the-way'), { recursive: true });
    await writeFile(join(copy, 'backup.json'), '{}');
    await expect(backup()).rejects.toMatchObject({
      code: 'backup_failed',
      message: expect.stringContaining('Run it again afterwards'),
    });
    expect(await readdir(copy)).not.toContain('gridcast.db');
    await rm(join(copy, 'files/monday/zz'), { recursive: true });
    expect(await backup()).toContain('1 copied (4 bytes), 5 were there already');
    expect(await copied()).toEqual([...WHOLE, 'files/monday/zz/late.txt'].toSorted());
  });

  it('begins again in the folder of a first one that failed', async () => {
    const whole = await readFile(join(dataDir, 'gridcast.db'));
    await writeFile(join(dataDir, 'gridcast.db'), 'not what it was'.repeat(1000));
    await expect(backup()).rejects.toMatchObject({ code: 'backup_failed' });
    expect(await copied()).toEqual(['backup.json']);
    expect(JSON.parse(await readFile(join(copy, 'backup.json'), 'utf8'))).toEqual({ made: null, version: null });
    await writeFile(join(dataDir, 'gridcast.db'), whole);
    await backup();
    expect(await copied()).toEqual(WHOLE);
  });

  it('says that there is nothing yet', async () => {
    await expect(backupCommand([copy], { GRIDCAST_DATA: join(dataDir, 'none') }, () => {})).rejects.toMatchObject({
      code: 'database_not_found',
    });
  });
});
