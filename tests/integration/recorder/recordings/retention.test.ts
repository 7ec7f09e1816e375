import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { NotFoundError } from '../../../../src/errors.ts';
import { nullLogger } from '../../../../src/logger.ts';
import { archiveFolder } from '../../../../src/recorder/archive/archive-manifest.ts';
import type { Recording } from '../../../../src/recorder/recordings/recording-view.ts';
import { Retention, type RetentionOptions } from '../../../../src/recorder/recordings/retention.ts';
import type { RetentionRules } from '../../../../src/recorder/recordings/retention-policy.ts';
import { clearTrashMark, setTrashMark } from '../../../../src/recorder/recordings/trash-marks.ts';
import { ArchiveReader } from '../../../../src/recorder/storage/archive-reader.ts';
import { RecordingKeys } from '../../../../src/recorder/storage/recording-keys.ts';
import { FakeClock } from '../../../helpers/fake-clock.ts';
import { tempDir } from '../../../helpers/temp-dir.ts';

const DAY = 86_400_000;

let dataDir: string;
let clock: FakeClock;
let reader: ArchiveReader;
let recordings: Recording[];
let removed: string[];
let busy: Set<string>;
/** Those that no disk lets go. */
let stuck: Set<string>;
/** Those that were taken out of the trash after the list was made, and those whose deletion was cut off. */
let restored: Set<string>;
let condemned: Set<string>;

beforeEach(async () => {
  dataDir = await tempDir();
  clock = new FakeClock();
  reader = new ArchiveReader({ dataDir, keys: new RecordingKeys({ dataDir }), clock });
  recordings = [];
  removed = [];
  busy = new Set();
  stuck = new Set();
  restored = new Set();
  condemned = new Set();
});

async function add(id: string, bytes: number, daysAgo: number): Promise<void> {
  const stoppedAt = new Date(clock.wallMs() - daysAgo * DAY);
  await mkdir(join(archiveFolder(dataDir, id), 'below'), { recursive: true });
  await writeFile(join(archiveFolder(dataDir, id), 'recording.mp4'), Buffer.alloc(bytes));
  await writeFile(join(archiveFolder(dataDir, id), 'below', 'more'), Buffer.alloc(bytes));
  recordings.push({ id, startedAt: stoppedAt, stoppedAt, room: 'hall', title: 'Hall', state: 'ready' } as Recording);
}

function retention(rules: Partial<RetentionRules>, more: Partial<RetentionOptions> = {}): Retention {
  return new Retention({
    rules: { days: 0, maxGigabytes: 0, trashDays: 7, ...rules },
    store: {
      finished: async () =>
        recordings.map(({ id, startedAt, stoppedAt = startedAt, trashedAt }) => ({
          id,
          endedMs: stoppedAt.getTime(),
          ...(trashedAt && { trashedMs: trashedAt.getTime() }),
        })),
      find: async (id) => recordings.find((each) => each.id === id),
      trash: {
        all: async () =>
          recordings
            .toSorted((a, b) => (a.trashedAt?.getTime() ?? 0) - (b.trashedAt?.getTime() ?? 0))
            .flatMap(({ id, trashedAt, stored }) =>
              trashedAt
                ? [{ id, trashedMs: trashedAt.getTime(), isDeleting: condemned.has(id), isStored: stored === 's3' }]
                : [],
            ),
        begin: async (id, at) => {
          recordings = recordings.map((one) => (one.id === id ? { ...one, trashedAt: at } : one));
        },
      },
    },
    dataDir,
    use: reader.use,
    isBusy: async (id) => busy.has(id),
    removeTrashed: async (id) => {
      if (restored.has(id)) throw new NotFoundError('not_in_trash', 'It is not in the trash.');
      await forget(id);
    },
    ...more,
    remove: forget,
    onRemoved: async ({ id, reason }) => void removed.push(`${id} ${reason}`),
    clock,
    log: nullLogger,
  });
}

async function forget(id: string): Promise<void> {
  if (stuck.has(id)) throw new Error('EACCES: permission denied');
  await rm(archiveFolder(dataDir, id), { recursive: true });
  recordings.splice(0, recordings.length, ...recordings.filter((each) => each.id !== id));
}

/** Puts one in the trash, so many days ago. */
async function trash(id: string, daysAgo: number, more: Partial<Recording> = {}): Promise<void> {
  const trashedAt = new Date(clock.wallMs() - daysAgo * DAY);
  const index = recordings.findIndex((each) => each.id === id);
  recordings[index] = { ...recordings[index], ...more, trashedAt } as Recording;
  await setTrashMark(dataDir, id, trashedAt);
}

async function lengthOf(stream: Readable): Promise<number> {
  let length = 0;
  for await (const chunk of stream) length += (chunk as Buffer).length;
  return length;
}

const exists = (id: string): Promise<boolean> =>
  stat(archiveFolder(dataDir, id)).then(
    () => true,
    () => false,
  );

describe('retention', () => {
  it('deletes what is too old while it looks, and tells why', async () => {
    await add('old', 10, 31);
    await add('new', 10, 29);
    const keeper = retention({ days: 30 });
    keeper.start();
    await vi.waitFor(() => expect(removed).toEqual(['old days']), { timeout: 9000 });
    clock.advance(DAY + 60_000);
    await vi.waitFor(() => expect(removed).toEqual(['old days', 'new days']), { timeout: 9000 });
    await keeper.close();
    expect(clock.pending).toBe(0);
  });

  it('deletes nothing for its age while a clock that was set ahead may be set right', async () => {
    await add('new', 10, 29);
    const keeper = retention({ days: 30 });
    await keeper.sweep();
    clock.jumpWall(3650 * DAY);
    await keeper.sweep();
    clock.advance(59 * 60_000);
    await keeper.sweep();
    clock.jumpWall(-3650 * DAY);
    clock.advance(DAY / 2);
    await keeper.sweep();
    expect(removed).toEqual([]);
    // A clock that goes slow and is put right now and then is none that was set.
    clock.jumpWall(60_000);
    clock.advance(DAY / 2);
    await keeper.sweep();
    expect(removed).toEqual(['new days']);
    await add('newer', 10, 29);
    clock.jumpWall(2 * DAY);
    await keeper.sweep();
    expect(removed).toEqual(['new days']);
    clock.advance(60 * 60_000);
    await keeper.sweep();
    expect(removed).toEqual(['new days', 'newer days']);
  });

  it('counts all files of an archive', async () => {
    await add('old', 3_000_000, 3);
    await add('new', 3_000_000, 1);
    await retention({ maxGigabytes: 0.0121 }).sweep();
    expect(removed).toEqual([]);
    await retention({ maxGigabytes: 0.0119 }).sweep();
    expect(removed).toEqual(['old maxGigabytes']);
  });

  it('looks through the files of an archive once, however often it looks', async () => {
    await add('old', 3_000_000, 3);
    await add('new', 3_000_000, 1);
    const keeper = retention({ maxGigabytes: 0.0121 });
    await keeper.sweep();
    // Nobody adds to an archive; here it shows who looks.
    await writeFile(join(archiveFolder(dataDir, 'old'), 'more'), Buffer.alloc(200_000));
    await keeper.sweep();
    expect(removed).toEqual([]);
    await add('newer', 200_000, 0);
    await keeper.sweep();
    expect(removed).toEqual(['old maxGigabytes']);
  });

  it('counts an archive whose disk was away at first', async () => {
    await add('old', 3_000_000, 3);
    await add('new', 3_000_000, 1);
    const [here, away] = [archiveFolder(dataDir, 'old'), join(dataDir, 'away')];
    const keeper = retention({ maxGigabytes: 0.0119 });
    await rename(here, away);
    await keeper.sweep();
    expect(removed).toEqual([]);
    await rename(away, here);
    await keeper.sweep();
    expect(removed).toEqual(['old maxGigabytes']);
  });

  it('deletes the others when one cannot be deleted', async () => {
    await add('stuck', 10, 40);
    await add('old', 10, 35);
    stuck.add('stuck');
    await retention({ days: 30 }).sweep();
    expect(removed).toEqual(['old days']);
    stuck.clear();
    await retention({ days: 30 }).sweep();
    expect(removed).toEqual(['old days', 'stuck days']);
  });

  it('looks at the trash alone when everything is kept', async () => {
    await add('old', 10, 9999);
    const finished = () => Promise.reject(new Error('Nobody has to look through them.'));
    const store = { finished, find: async () => undefined, trash: { all: async () => [], begin: async () => {} } };
    await retention({}, { store }).sweep();
    expect(removed).toEqual([]);
  });

  it('lets a download finish first, and whatever else is made of a recording', async () => {
    await add('r1', 5_000_000, 40);
    const keeper = retention({ days: 30 });
    const stream = await reader.open('r1', 'recording.mp4');
    await keeper.sweep();
    expect(await lengthOf(stream)).toBe(5_000_000);
    busy.add('r1');
    await keeper.sweep();
    expect([removed, await exists('r1')]).toEqual([[], true]);
    busy.clear();
    await keeper.sweep();
    expect([removed, await exists('r1')]).toEqual([['r1 days'], false]);
  });

  it('never cuts a download that begins at the same moment: either all of the file comes, or none of it', async () => {
    // The order in which they come to be differs with how many turns of the event loop each waits.
    for (let seed = 0; seed < 300; seed += 1) {
      await add(`r${seed}`, 70_000, 40);
      const keeper = retention({ days: 30 });
      const turns = async (count: number): Promise<void> => {
        for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      };
      const download = turns(seed % 17).then(async () => lengthOf(await reader.open(`r${seed}`, 'recording.mp4')));
      const sweep = turns((seed * 7) % 13).then(() => keeper.sweep());
      const [read] = await Promise.allSettled([download, sweep]);
      if (read.status === 'fulfilled') expect(read.value, `seed ${seed}`).toBe(70_000);
      else expect(read.reason, `seed ${seed}`).toMatchObject({ status: 404 });
      await keeper.sweep();
      expect(removed, `seed ${seed}`).toHaveLength(seed + 1);
    }
  });
});

describe('retention of the trash', () => {
  it('deletes for good what was thrown away so many days ago, to the millisecond, and nothing that is not marked so', async () => {
    for (const id of ['kept', 'exactly', 'older', 'out', 'unmarked']) await add(id, 10, 99);
    await trash('exactly', 7);
    await trash('older', 7 + 1 / DAY);
    await trash('out', 30);
    restored.add('out');
    await trash('unmarked', 30);
    await clearTrashMark(dataDir, 'unmarked');
    const keeper = retention({});
    keeper.start();
    await vi.waitFor(() => expect(removed).toEqual(['older trashDays']), { timeout: 9000 });
    await keeper.close();
    expect(recordings.map(({ id }) => id)).toEqual(['kept', 'exactly', 'out', 'unmarked']);
    // The trash was turned off.
    await retention({ trashDays: 0 }).sweep();
    expect(removed).toEqual(['older trashDays', 'exactly trashDays']);
  });

  it('counts the days of what was thrown away while the clock was not set from when it is', async () => {
    clock = new FakeClock(5 * DAY);
    const keeper = retention({});
    await add('then', 10, 1);
    await trash('then', 0);
    await keeper.sweep();
    clock.jumpWall(Date.UTC(2026, 0, 1) - clock.wallMs());
    await keeper.sweep();
    expect(recordings).toMatchObject([{ trashedAt: new Date(5 * DAY) }]);
    clock.advance(61 * 60_000);
    await keeper.sweep();
    expect(recordings).toMatchObject([{ trashedAt: new Date(clock.wallMs()) }]);
    clock.advance(7 * DAY);
    await keeper.sweep();
    expect(removed).toEqual([]);
    clock.advance(1);
    await keeper.sweep();
    expect(removed).toEqual(['then trashDays']);
  });

  it('goes on with a deletion that was cut off, also while the clock is not believed, and leaves what is being read', async () => {
    const keeper = retention({});
    await keeper.sweep();
    for (const id of ['cut', 'read', 'due']) await add(id, 10, 99);
    await trash('cut', 1);
    condemned.add('cut');
    for (const id of ['read', 'due']) await trash(id, 30);
    const dispose = reader.use.begin('read');
    clock.jumpWall(DAY);
    await keeper.sweep();
    expect(removed).toEqual(['cut unfinished']);
    clock.advance(61 * 60_000);
    await keeper.sweep();
    expect(removed).toEqual(['cut unfinished', 'due trashDays']);
    dispose();
    await keeper.sweep();
    expect(removed).toHaveLength(3);
  });

  it('lets what was thrown away go before anything else, where there is too much', async () => {
    await add('old', 3_000_000, 30);
    await add('new', 3_000_000, 1);
    await add('first', 3_000_000, 2);
    await trash('first', 2);
    await trash('new', 1);
    await retention({ maxGigabytes: 0.0061 }).sweep();
    expect(removed).toEqual(['first maxGigabytes', 'new maxGigabytes']);
  });

  it('empties the trash until enough of the disk is free, what was thrown away first before the rest, and touches nothing else', async () => {
    for (const id of ['kept', 'far', 'second', 'first', 'third']) await add(id, 10, 1);
    await trash('third', 1);
    await trash('second', 2);
    await trash('first', 3);
    await trash('far', 4, { stored: 's3' });
    let free = 2;
    const isShort = async (): Promise<boolean> => free + removed.length < 4;
    const keeper = retention({}, { isShort, keepsLocal: false });
    await keeper.sweep();
    expect(removed).toEqual(['first diskFloor', 'second diskFloor']);
    expect(await keeper.makeRoom()).toBe(false);
    free = 1;
    expect(await keeper.makeRoom()).toBe(true);
    free = 0;
    expect(await keeper.makeRoom()).toBe(false);
    expect(recordings.map(({ id }) => id)).toEqual(['kept', 'far']);
  });
});
