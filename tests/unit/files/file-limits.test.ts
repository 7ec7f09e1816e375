import { describe, expect, it } from 'vitest';
import { configSchema } from '../../../src/config/schema.ts';
import { type FileLimits, type FileUsage, fileLimits, fileRefusal, inWords } from '../../../src/files/file-limits.ts';

const NOTHING: FileUsage = { roomBytes: 0, roomFiles: 0, ownBytes: 0, ownUnfinished: 0 };
const LIMITS: FileLimits = {
  enabled: true,
  maxFileBytes: 1000,
  maxUserBytes: 2000,
  maxRoomBytes: 3000,
  maxFiles: 4,
  maxUnfinished: 2,
  unfinishedMs: 1,
  keepMs: undefined,
  diskFloorPercent: 0,
};

describe('the limits of files', () => {
  it('are those of the configuration, in bytes and milliseconds', () => {
    const files = configSchema.parse({}).files;
    const times = { unfinishedHours: 24, keepDays: 30 };
    expect(fileLimits({ ...files, maxFileMegabytes: 2, maxUserMegabytes: 5, maxRoomMegabytes: 20, ...times })).toEqual({
      enabled: true,
      maxFileBytes: 2_000_000,
      maxUserBytes: 5_000_000,
      maxRoomBytes: 20_000_000,
      maxFiles: files.maxPerRoom,
      maxUnfinished: files.maxUnfinished,
      unfinishedMs: 86_400_000,
      keepMs: 2_592_000_000,
      diskFloorPercent: files.diskFloorPercent,
    });
  });

  it('keep files as long as their room where no days are said', () => {
    expect(fileLimits({ ...configSchema.parse({}).files, keepDays: 0 }).keepMs).toBeUndefined();
  });
});

describe('a file', () => {
  it.each([
    { what: 'the largest file', size: 1000, usage: {}, code: 'file_too_large', status: 413 },
    { what: 'the last bytes of a person', size: 500, usage: { ownBytes: 1500 }, code: 'user_quota', status: 507 },
    { what: 'the last bytes of a room', size: 500, usage: { roomBytes: 2500 }, code: 'room_quota', status: 507 },
  ])('may be $what, and not one byte more', ({ size, usage, code, status }) => {
    expect(fileRefusal(size, { ...NOTHING, ...usage }, LIMITS)).toBeUndefined();
    expect(fileRefusal(size + 1, { ...NOTHING, ...usage }, LIMITS)).toMatchObject({ code, status });
  });

  it.each([
    { what: 'of the room', few: { roomFiles: 3 }, many: { roomFiles: 4 }, code: 'too_many_files', status: 507 },
    {
      what: 'under way',
      few: { ownUnfinished: 1 },
      many: { ownUnfinished: 2 },
      code: 'too_many_unfinished',
      status: 429,
    },
  ])('may be the last $what, and not one more, however small', ({ few, many, code, status }) => {
    expect(fileRefusal(0, { ...NOTHING, ...few }, LIMITS)).toBeUndefined();
    expect(fileRefusal(0, { ...NOTHING, ...many }, LIMITS)).toMatchObject({ code, status });
  });

  it('is refused with what would fit, which is never less than nothing', () => {
    const shrunk = fileRefusal(1, { ...NOTHING, ownBytes: 2500 }, LIMITS);
    expect(shrunk?.message).toContain('You may share 2 kB in this room, of which 0 bytes are left');
    const over = fileRefusal(1, { ...NOTHING, roomBytes: 3500 }, LIMITS);
    expect(over?.message).toContain('The files of this room may take 3 kB, of which 0 bytes are left');
    const nearly = fileRefusal(501, { ...NOTHING, roomBytes: 2500 }, LIMITS);
    expect(nearly?.message).toContain('of which 500 bytes are left');
  });
});

describe('bytes in words', () => {
  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [2, '2 bytes'],
    [999, '999 bytes'],
    [1000, '1 kB'],
    [1999, '1.9 kB'],
    [2_300_000, '2.3 MB'],
    [999_999_999, '999.9 MB'],
    [2_000_000_000, '2 GB'],
    [5e15, '5000 TB'],
  ])('%i are %s', (bytes, words) => {
    expect(inWords(bytes)).toBe(words);
  });
});
