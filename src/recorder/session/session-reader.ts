/** Reads the log of a session that has ended. */
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type LoggedSegment, SegmentTable } from './segment-table.ts';
import { INDEX_FILE, parseEntry, segmentFile } from './session-index.ts';

/**
 * The segments whose files are there, oldest first; none when the folder is gone. Reads the index line by line, so that a
 * long session holds nobody up.
 */
export async function readLoggedSegments(folder: string): Promise<readonly LoggedSegment[]> {
  const files = new Set(await readdir(folder).catch(() => []));
  if (!files.has(INDEX_FILE)) return [];
  const table = new SegmentTable();
  const lines = createInterface({ input: createReadStream(join(folder, INDEX_FILE)), crlfDelay: Infinity });
  for await (const line of lines) {
    const entry = parseEntry(line);
    if (entry?.type === 'part' && files.has(segmentFile(entry.segment))) table.add(entry, false);
  }
  table.finish();
  return table.segments;
}
