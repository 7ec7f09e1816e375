import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { PartSource } from '../../../../src/recorder/archive/part-source.ts';
import { gatherShared } from '../../../../src/recorder/archive/shared-files.ts';
import { RecordingTimeline } from '../../../../src/recorder/recordings/recording-timeline.ts';
import type { SessionEvent } from '../../../../src/recorder/session/session-events.ts';
import { type PartEntry, partEntry } from '../../../../src/recorder/session/session-index.ts';
import { testPart } from '../../../helpers/log-parts.ts';
import { tempDir } from '../../../helpers/temp-dir.ts';

let sessionFolder: string;
beforeEach(async () => {
  sessionFolder = await tempDir();
});

it('a part is missing when its segment is gone, and not when that cannot be opened for now', async () => {
  const path = join(sessionFolder, 'segment-0.m4s');
  const source = new PartSource(sessionFolder);
  const entry: PartEntry = partEntry(testPart(0), 0);
  expect(await source.read(entry)).toBeUndefined();
  await symlink(path, path);
  await expect(source.read(entry)).rejects.toMatchObject({ code: 'ELOOP' });
  await rm(path);
  await writeFile(path, testPart(0).data);
  expect(Buffer.from((await source.read(entry)) ?? []).toString()).toBe('[part 0]');
  await source.close();
});

it('shared files were deleted when there are none, and not when their folder cannot be looked at for now', async () => {
  const path = join(sessionFolder, 'shared');
  const folder = await tempDir();
  const timeline = new RecordingTimeline([{ from: 0, to: 300, outputFrame: 0 }], 30);
  const about = { participant: 'ana', name: 'Ana', file: 'note.txt', fileType: 'text/plain', size: 3, sha256: '0' };
  const events: SessionEvent[] = [{ type: 'file', ms: 1000, id: 'f1', ...about }];
  const gather = () => gatherShared({ sessionFolder, folder, timeline, signal: new AbortController().signal }, events);
  expect((await gather()).files).toEqual([]);
  await symlink(path, path);
  await expect(gather()).rejects.toMatchObject({ code: 'ELOOP' });
  await rm(path);
  await mkdir(path);
  await writeFile(join(path, 'f1'), 'abc');
  expect((await gather()).files.map(({ name }) => name)).toEqual(['shared-1-note.txt']);
});
