/** Since when nobody was in a session, as far as its events tell: for one that broke off. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { MAX_FILE_BYTES } from './line-file.ts';
import { EVENTS_FILE, readSessionEvents, type SessionEvent } from './session-events.ts';

/** With less than this left, the file may have refused to take who came last. */
const ROOM_BYTES = 1024 * 1024;

/**
 * Milliseconds of the session at which the last one left, or was cut off and did not come back. Undefined when somebody was there in the
 * end, and when it is not certain that nobody was. Never rejects.
 */
export async function readEmptySince(folder: string): Promise<number | undefined> {
  try {
    const { size } = await stat(join(folder, EVENTS_FILE));
    return size > MAX_FILE_BYTES - ROOM_BYTES ? undefined : await emptySinceOf(folder);
  } catch {
    return undefined;
  }
}

async function emptySinceOf(folder: string): Promise<number | undefined> {
  const there = new Set<string>();
  let emptySince: number | undefined;
  for await (const event of readSessionEvents(folder)) {
    const wasThere = there.size > 0;
    tell(there, event);
    if (there.size > 0 || event.type === 'program') emptySince = undefined;
    // Somebody has marked this moment of the empty room: it is wanted.
    else if (wasThere || (event.type === 'marker' && emptySince !== undefined)) emptySince = event.ms;
  }
  return emptySince;
}

function tell(there: Set<string>, event: SessionEvent): void {
  switch (event.type) {
    case 'program':
      // Who was there when it broke off has to come again.
      there.clear();
      break;
    case 'left':
      there.delete(event.participant);
      break;
    case 'connection':
      if (event.connected) there.add(event.participant);
      else there.delete(event.participant);
      break;
    // What told of their coming may be lost. What comes of the program is late, and tells of nobody.
    case 'joined':
    case 'renamed':
    case 'consent':
    case 'loudness':
    case 'track-added':
    case 'track-state':
      there.add(event.participant);
      break;
    default:
  }
}
