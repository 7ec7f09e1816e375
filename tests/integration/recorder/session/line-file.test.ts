import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type Logger, nullLogger } from '../../../../src/logger.ts';
import { LineFile, type LineFileOptions } from '../../../../src/recorder/session/line-file.ts';
import { FakeClock } from '../../../helpers/fake-clock.ts';
import { SmallDisk } from '../../../helpers/small-disk.ts';
import { tempDir } from '../../../helpers/temp-dir.ts';

let path: string;
let clock: FakeClock;
let disk: SmallDisk;
beforeEach(async () => {
  path = join(await tempDir(), 'session', 'lines.jsonl');
  clock = new FakeClock();
  disk = new SmallDisk();
});

const create = (options: Partial<LineFileOptions> = {}): LineFile =>
  new LineFile({ path, label: 'lines', fsyncMs: 1000, clock, log: nullLogger, openFile: disk.open, ...options });

const content = (): Promise<string> => readFile(path, 'utf8');

/** Lets the disk work off what it can. */
async function retried(file: LineFile): Promise<void> {
  clock.advance(1000);
  await file.settled();
}

describe('a file of lines', () => {
  it('makes its folder and keeps the order', async () => {
    const file = create();
    for (let n = 0; n < 100; n += 1) file.append(`line ${n}\n`);
    await file.close();
    expect(await content()).toBe(Array.from({ length: 100 }, (_, n) => `line ${n}\n`).join(''));
    expect([disk.opened, clock.pending, file.lost]).toEqual([0, 0, 0]);
  });

  it('makes no file when there is nothing to write', async () => {
    await create().close();
    await expect(content()).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('is synced within the time that lines may stay in the cache, and once more when it is closed', async () => {
    const file = create();
    file.append('one\n');
    await file.settled();
    expect(disk.syncs).toBe(0);
    clock.advance(1000);
    await file.settled();
    expect(disk.syncs).toBe(1);
    await file.close();
    expect(disk.syncs).toBe(2);
  });

  it('syncs each line where nothing may stay in the cache', async () => {
    const file = create({ fsyncMs: 0 });
    for (const line of ['one\n', 'two\n']) {
      file.append(line);
      await file.settled();
    }
    expect(disk.syncs).toBe(2);
    await file.close();
  });

  it('begins on a fresh line behind what somebody who died may have left half there', async () => {
    const before = create();
    before.append('{"n":1}\n');
    await before.close();
    await appendFile(path, '{"n":2,"to');
    const file = create();
    file.append('{"n":3}\n');
    await file.close();
    expect((await content()).split('\n')).toEqual(['{"n":1}', '{"n":2,"to', '{"n":3}', '']);
  });

  it('keeps what comes while the disk is full and writes it when there is space, with no line twice and the torn one anew', async () => {
    const file = create();
    disk.free = 'first\nsecond\nthi'.length;
    for (const line of ['first\n', 'second\n', 'third\n', 'fourth\n']) file.append(line);
    await file.settled();
    expect(await content()).toBe('first\nsecond\nthi');
    file.append('fifth\n');
    await retried(file);
    disk.free = Number.POSITIVE_INFINITY;
    await retried(file);
    expect((await content()).split('\n')).toEqual(['first', 'second', 'thi', 'third', 'fourth', 'fifth', '']);
    file.append('sixth\n');
    await file.close();
    expect((await content()).split('\n').slice(-3)).toEqual(['fifth', 'sixth', '']);
    expect(file.lost).toBe(0);
  });

  it('starts one fresh line, however often the disk refuses it', async () => {
    const file = create();
    disk.free = 3;
    file.append('first\n');
    await file.settled();
    for (let n = 0; n < 3; n += 1) await retried(file);
    disk.free = 1;
    await retried(file);
    disk.free = Number.POSITIVE_INFINITY;
    await retried(file);
    await file.close();
    expect((await content()).split('\n')).toEqual(['fir', 'first', '']);
  });

  it('gives up what would not fit into its backlog, and nothing else', async () => {
    disk.free = 0;
    const file = create({ maxWaitingBytes: 10 });
    for (const line of ['1234\n', '6789\n', '!\n']) file.append(line);
    await file.settled();
    expect(file.lost).toBe(1);
    disk.free = Number.POSITIVE_INFINITY;
    await retried(file);
    file.append('next\n');
    await file.close();
    expect(await content()).toBe('1234\n6789\nnext\n');
    expect(file.lost).toBe(1);
  });

  it('grows to its limit and no further', async () => {
    const file = create({ maxFileBytes: 10 });
    for (const line of ['1234\n', '6789\n']) {
      file.append(line);
      await file.settled();
    }
    expect(file.lost).toBe(0);
    file.append('!\n');
    await file.close();
    expect(await content()).toBe('1234\n6789\n');
    expect(file.lost).toBe(1);
  });

  it('takes lines that hold for moments up to three quarters of its limit, the others beyond, and says so once', async () => {
    const error = vi.fn<Logger['error']>();
    const file = create({ maxFileBytes: 20, log: { ...nullLogger, error } });
    for (const line of ['1234\n', '2345\n', '3456\n', '4567\n', '5678\n']) {
      file.append(line, { passing: true });
      await file.settled();
    }
    expect(file.lost).toBe(2);
    for (const line of ['abcd\n', 'bcde\n', 'cdef\n']) {
      file.append(line);
      await file.settled();
    }
    await file.close();
    expect(await content()).toBe('1234\n2345\n3456\nabcd\n');
    expect(file.lost).toBe(4);
    expect(error.mock.calls.map(([, fields]) => fields)).toEqual([
      { file: 'lines', lines: 'passing', bytes: 15 },
      { file: 'lines', lines: 'all', bytes: 20 },
    ]);
  });

  it('is closed when the disk is still full: what waits is given up, the file is not left open', async () => {
    disk.free = 6;
    const file = create();
    file.append('first\n');
    await file.settled();
    disk.free = 0;
    file.append('second\n');
    await file.close();
    file.append('third\n');
    expect(await content()).toBe('first\n');
    expect([file.lost, disk.opened, clock.pending]).toEqual([1, 0, 0]);
  });
});
