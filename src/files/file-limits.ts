/** How much may be shared: pure. */
import type { Config } from '../config/schema.ts';
import { LimitError } from '../errors.ts';

const MEGABYTE = 1_000_000;
const HOUR_MS = 3_600_000;

/** Limits of all rooms alike. Sizes in bytes, times in milliseconds. */
export interface FileLimits {
  /** Whether files can be shared at all. */
  readonly enabled: boolean;
  readonly maxFileBytes: number;
  /** Files of one person in one room, unfinished ones with their full size. */
  readonly maxUserBytes: number;
  readonly maxRoomBytes: number;
  /** Files of one room, unfinished ones too. */
  readonly maxFiles: number;
  /** Files that one person may have begun and not finished. */
  readonly maxUnfinished: number;
  readonly unfinishedMs: number;
  /** How long finished files are kept; undefined: as long as their room. */
  readonly keepMs: number | undefined;
  /** Percent of the disk that stays free. */
  readonly diskFloorPercent: number;
}

/** What there is already. */
export interface FileUsage {
  readonly roomBytes: number;
  readonly roomFiles: number;
  readonly ownBytes: number;
  readonly ownUnfinished: number;
}

/** The configuration's `files`. */
export function fileLimits(files: Config['files']): FileLimits {
  return {
    enabled: files.enabled,
    maxFileBytes: files.maxFileMegabytes * MEGABYTE,
    maxUserBytes: files.maxUserMegabytes * MEGABYTE,
    maxRoomBytes: files.maxRoomMegabytes * MEGABYTE,
    maxFiles: files.maxPerRoom,
    maxUnfinished: files.maxUnfinished,
    unfinishedMs: files.unfinishedHours * HOUR_MS,
    keepMs: files.keepDays === 0 ? undefined : files.keepDays * 24 * HOUR_MS,
    diskFloorPercent: files.diskFloorPercent,
  };
}

/** Why a file of this size is not taken, or undefined. */
export function fileRefusal(size: number, usage: FileUsage, limits: FileLimits): LimitError | undefined {
  const { roomBytes, roomFiles, ownBytes, ownUnfinished } = usage;
  if (size > limits.maxFileBytes) {
    const most = `A file may have at most ${inWords(limits.maxFileBytes)}; this one has ${inWords(size)}.`;
    return new LimitError('file_too_large', `${most} Send it in parts or make it smaller.`, 413);
  }
  if (roomFiles >= limits.maxFiles) {
    const message = `This room holds at most ${limits.maxFiles} files; delete one that nobody needs any more.`;
    return new LimitError('too_many_files', message, 507);
  }
  if (ownUnfinished >= limits.maxUnfinished) {
    const message = `You have ${ownUnfinished} files under way; let one of them finish, or cancel it.`;
    return new LimitError('too_many_unfinished', message, 429);
  }
  if (ownBytes + size > limits.maxUserBytes) {
    const left = inWords(Math.max(0, limits.maxUserBytes - ownBytes));
    const message = `You may share ${inWords(limits.maxUserBytes)} in this room, of which ${left} are left; delete a file of yours.`;
    return new LimitError('user_quota', message, 507);
  }
  if (roomBytes + size > limits.maxRoomBytes) {
    const left = inWords(Math.max(0, limits.maxRoomBytes - roomBytes));
    const message = `The files of this room may take ${inWords(limits.maxRoomBytes)}, of which ${left} are left; delete one first.`;
    return new LimitError('room_quota', message, 507);
  }
  return undefined;
}

/** For example `2 GB` or `1.5 MB`; a unit is a thousand of the one before. */
export function inWords(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  // Never more than there is: what "is left" must fit.
  const shown = unit === 0 ? value : Math.floor(value * 10) / 10;
  if (bytes === 1) return '1 byte';
  return `${shown} ${units[unit] ?? ''}`;
}
