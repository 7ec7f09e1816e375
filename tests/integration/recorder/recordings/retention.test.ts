import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { nullLogger } from '../../../../src/logger.ts';
import { archiveFolder } from '../../../../src/recorder/archive/archive-manifest.ts';
import type { Recording } from '../../../../src/recorder/recordings/recording-view.ts';
import { Retention } from '../../../../src/recorder/recordings/retention.ts';
import type { RetentionRules } from '../../../../src/recorder/recordings/retention-policy.ts';
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

beforeEach(async () => {
  dataDir = await tempDir();
  clock = new FakeClock();
  reader = new ArchiveReader({ dataDir, keys: new RecordingKeys({ dataDir }), clock });
  recordings = [];
  removed = [];
  busy = new Set();
  stuck = new Set();
});

async function add(id: string, bytes: number, daysAgo: number): Promise<void> {
  const stoppedAt = new Date(clock.wallMs() - daysAgo * DAY);
  await mkdir(join(archiveFolder(dataDir, id), 'below'), { recursive: true });
  await writeFile(join(archiveFolder(dataDir, id), 'recording.mp4'), Buffer.alloc(bytes));
  await writeFile(join(archiveFolder(dataDir, id), 'below', 'more'), Buffer.alloc(bytes));
  recordings.push({ id, startedAt: stoppedAt, stoppedAt, room: 'hall', title: 'Hall', state: 'ready' } as Recording);
}

function retention(rules: Partial<RetentionRules>): Retention {
  return new Retention({
    rules: { days: 0, maxGigabytes: 0, ...rules },
    store: {
      finished: async () =>
        recordings.map(({ id, startedAt, stoppedAt = startedAt }) => ({ id, endedMs: stoppedAt.getTime() })),
      find: async (id) => recordings.find((each) => each.id === id),
    },
    dataDir,
    use: reader.use,
    isBusy: async (id) => busy.has(id),
    remove: async (id) => {
      if (stuck.has(id)) throw new Error('EACCES: permission denied');
      await rm(archiveFolder(dataDir, id), { recursive: true });
      recordings.splice(0, recordings.length, ...recordings.filter((each) => each.id !== id));
    },
    onRemoved: async ({ id, reason }) => void removed.push(`${id} ${reason}`),
    clock,
    log: nullLogger,
  });
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

  it('looks at nothing when everything is kept', async () => {
    const keeper = retention({});
    keeper.start();
    expect(clock.pending).toBe(0);
    await keeper.close();
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
