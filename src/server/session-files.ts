/** Keeps what people share for the recordings of the session that runs, until somebody deletes it. */
import { join } from 'node:path';
import { messageOf } from '../errors.ts';
import type { StoredFile } from '../files/file-store.ts';
import type { FileKeeper } from '../files/room-files.ts';
import type { Logger } from '../logger.ts';
import { dropShared, keepShared } from '../recorder/archive/shared-files.ts';

/** Options. */
export interface SessionFilesOptions {
  /** Id of the session that runs in a room. */
  readonly session: (room: string) => string | undefined;
  readonly sessionsDir: string;
  readonly log: Logger;
}

/** What cannot be kept is told in the log: the file itself is shared all the same. */
export class SessionFiles implements FileKeeper {
  readonly #options: SessionFilesOptions;

  constructor(options: SessionFilesOptions) {
    this.#options = options;
  }

  async keep({ id, room }: StoredFile, path: string): Promise<void> {
    const { session, sessionsDir, log } = this.#options;
    const running = session(room);
    if (running === undefined) return;
    try {
      await keepShared(join(sessionsDir, running), id, path);
    } catch (error) {
      log.warn('a shared file will be missing in recordings', { room, file: id, reason: messageOf(error) });
    }
  }

  async drop({ id, room }: StoredFile): Promise<void> {
    const { sessionsDir, log } = this.#options;
    try {
      await dropShared(sessionsDir, id);
    } catch (error) {
      log.warn('a deleted file may be left in a session', { room, file: id, reason: messageOf(error) });
    }
  }
}
