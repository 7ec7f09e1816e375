/** Folders of ended sessions: each is deleted as soon as no recording needs its media any more. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '../../errors.ts';
import type { Logger } from '../../logger.ts';
import type { Disposer } from '../../util/clock.ts';
import type { RecordingStore } from '../recordings/recording-store.ts';
import { hasUnlisted } from '../recordings/unlisted.ts';
import { listSessions } from './session-listing.ts';

const MOST_NAMED = 10;

/** Knows which sessions have ended; never touches one that has not. */
export class SessionFolders {
  readonly #dir: string;
  readonly #store: RecordingStore;
  readonly #log: Logger;
  readonly #ended = new Set<string>();
  /** Session to how many read its files at the moment. */
  readonly #users = new Map<string, number>();

  /** @param dir folder of all sessions. */
  constructor(dir: string, store: RecordingStore, log: Logger) {
    this.#dir = dir;
    this.#store = store;
    this.#log = log;
  }

  /** At the start of the server, before any session: all that lie there have ended, but for those that may go on. */
  async sweep(mayGoOn: (session: string) => boolean = () => false): Promise<void> {
    const { foreign, sessions } = await listSessions(this.#dir);
    if (foreign.length > 0) {
      const names = foreign.slice(0, MOST_NAMED);
      this.#log.warn('the folder of sessions holds what is no session; it stays', { folder: this.#dir, names });
    }
    for (const session of sessions) {
      if (mayGoOn(session)) continue;
      const folder = join(this.#dir, session);
      if (await hasUnlisted(folder, this.#store).catch(() => true)) {
        this.#log.warn('a session was recorded, and its recording is in no list; it stays until somebody deletes it', {
          folder,
        });
      } else {
        await this.ended(session);
      }
    }
  }

  /** A session is over and its files are closed. */
  async ended(session: string): Promise<void> {
    this.#ended.add(session);
    await this.release(session);
  }

  /** Keeps a session's folder until disposed, whoever else needs it no more. */
  use(session: string): Disposer {
    this.#users.set(session, (this.#users.get(session) ?? 0) + 1);
    let used = true;
    return () => {
      if (!used) return;
      used = false;
      const left = (this.#users.get(session) ?? 1) - 1;
      if (left > 0) this.#users.set(session, left);
      else this.#users.delete(session);
      if (left === 0) void this.release(session);
    };
  }

  /** A recording of the session needs it no more; others may. Never rejects. */
  async release(session: string): Promise<void> {
    try {
      if (!this.#ended.has(session) || (await this.#store.needsSession(session))) return;
      if (this.#users.has(session)) return;
      await rm(join(this.#dir, session), { recursive: true, force: true });
      this.#ended.delete(session);
    } catch (error) {
      this.#log.warn('a session folder could not be deleted', { session, reason: messageOf(error) });
    }
  }
}
