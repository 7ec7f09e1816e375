/** Reads the log of a session that has ended. */
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type LoggedSegment, SegmentTable } from './segment-table.ts';
import { INDEX_FILE, parseEntry, segmentFile } from './session-index.ts';

/**
 * The segments whose files are there, as far as these go, oldest first; none when the folder is gone. Reads the index line by line, so
 * that a long session holds nobody up.
 */
export async function readLoggedSegments(folder: string): Promise<readonly LoggedSegment[]> {
  const files = new Set(await readdir(folder).catch(() => []));
  if (!files.has(INDEX_FILE)) return [];
  const table = new SegmentTable();
  const lines = createInterface({ input: createReadStream(join(folder, INDEX_FILE)), crlfDelay: Infinity });
  let file = { segment: -1, bytes: 0 };
  for await (const line of lines) {
    const entry = parseEntry(line);
    if (entry?.type !== 'part' || !files.has(segmentFile(entry.segment))) continue;
    const { segment, offset, bytes } = entry;
    if (file.segment !== segment) file = { segment, bytes: await bytesOf(join(folder, segmentFile(segment))) };
    // After a power cut the index may tell of more than has reached the disk.
    if (offset + bytes <= file.bytes) table.add(entry, false);
  }
  table.finish();
  return table.segments;
}

/** None of a file that was deleted since the folder was listed. */
function bytesOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}
