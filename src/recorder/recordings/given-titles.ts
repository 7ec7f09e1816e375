/** Titles that recordings were given after they began. What an archive holds keeps the title that it was made with. */
import { z } from 'zod';
import { readNote, writeNote } from './recording-notes.ts';

const titleSchema = z.object({ version: z.literal(1), title: z.string().min(1).max(1000) });

/** Undefined when the recording was given none. */
export async function givenTitle(dataDir: string, recording: string): Promise<string | undefined> {
  return (await readNote(dataDir, recording, 'title', titleSchema))?.title;
}

/** To be called before it is listed: the next start lists what was given. */
export function giveTitle(dataDir: string, recording: string, title: string): Promise<void> {
  return writeNote(dataDir, recording, 'title', { title });
}
