/** The timeline that a render is made by. */
import { readFile, stat } from 'node:fs/promises';
import { BadRequestError } from '../../errors.ts';
import { type ArchiveTimeline, archiveTimelineSchema } from '../archive/archive-timeline-file.ts';

/** A fault that no other attempt can cure. */
export class PermanentRenderError extends BadRequestError {
  constructor(message: string) {
    super('render_impossible', message);
  }
}

/** How long a timeline may be, bytes: hours of a full room have some megabytes. */
const MAX_TIMELINE_BYTES = 64 * 1024 * 1024;

/** The timeline in a file. @throws PermanentRenderError when there is none that holds. */
export async function readTimeline(path: string): Promise<ArchiveTimeline> {
  try {
    const { size } = await stat(path);
    if (size > MAX_TIMELINE_BYTES) throw new RangeError(`it has ${size} bytes`);
    return archiveTimelineSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    throw new PermanentRenderError('The timeline of this recording cannot be read; have its archive made again.');
  }
}
