import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { SegmentWriter } from '../../../../src/recorder/session/segment-writer.ts';
import { formatEntry, INDEX_FILE, parseIndex } from '../../../../src/recorder/session/session-index.ts';
import { SmallDisk } from '../../../helpers/small-disk.ts';
import { tempDir } from '../../../helpers/temp-dir.ts';

/** Some hours. */
const PARTS = 20_000;
/** A few milliseconds of work. */
const AT_ONCE = 1000;

function line(number: number): string {
  const place = { segment: Math.floor(number / 4), index: number % 4, offset: 0, bytes: 100_000, init: 0 };
  const frames = { firstFrame: number * 15, frames: 15, independent: true, discontinuity: false };
  return formatEntry({ type: 'part', ...place, ...frames, wallTime: 1_800_000_000_000 + number * 500 });
}

it('an index of hours is rewritten a little at a time, so that everybody else has their turn', async () => {
  const folder = await tempDir();
  const form = { codecs: ['avc1.4d401f'], width: 2, height: 2, framerate: 30 };
  const lines = Array.from({ length: PARTS }, (_, number) => line(number));
  // A torn line costs itself alone.
  const text = [
    formatEntry({ type: 'init', generation: 0, ...form }),
    ...lines.slice(0, 9),
    `${line(9).slice(0, 30)}\n`,
    ...lines.slice(9),
  ].join('');
  await writeFile(join(folder, INDEX_FILE), text);
  let asked = 0;
  let most = 0;
  const count = (): void => {
    most = Math.max(most, asked);
    asked = 0;
  };
  let over = false;
  const turn = (): void => {
    count();
    if (!over) setImmediate(turn);
  };
  turn();
  await new SegmentWriter(folder).compact((segment) => {
    asked += 1;
    return segment % 2 === 0;
  });
  over = true;
  count();
  expect(most).toBeLessThan(AT_ONCE);
  const { inits, parts } = parseIndex(await readFile(join(folder, INDEX_FILE), 'utf8'));
  expect(inits.size).toBe(1);
  expect(parts).toEqual(parseIndex(lines.join('')).parts.filter(({ segment }) => segment % 2 === 0));
});

it('an index that cannot be rewritten, as on a full disk, stays as it was, and no file stays open', async () => {
  const folder = await tempDir();
  const text = Array.from({ length: PARTS }, (_, number) => line(number)).join('');
  await writeFile(join(folder, INDEX_FILE), text);
  const disk = new SmallDisk();
  disk.free = 200_000;
  await expect(new SegmentWriter(folder, disk.open).compact(() => true)).rejects.toThrow('ENOSPC');
  expect(disk.opened).toBe(0);
  expect(await readdir(folder)).toEqual([INDEX_FILE]);
  expect(await readFile(join(folder, INDEX_FILE), 'utf8')).toBe(text);
});
