/** Downloads one file of a room, over however many connections it takes, and checks what came. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { constants, link, open, rename, rm, stat } from 'node:fs/promises';
import { AppError, BadRequestError, ConflictError } from '../../errors.ts';
import type { FileView } from '../../protocol/files.ts';
import type { Clock } from '../../util/clock.ts';
import type { FileApi } from './file-api.ts';
import { stubbornly } from './stubborn.ts';
import type { TransferProgress } from './transfer-line.ts';

/** Options of a fetcher. */
export interface FileFetcherOptions {
  readonly api: FileApi;
  readonly file: FileView;
  /** Where it goes. */
  readonly path: string;
  /** Whether another file of this name is replaced. */
  readonly force: boolean;
  readonly onPause: (error: unknown) => void;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** `run` once. What has arrived lies beside the file, as `NAME.ID.part`, and is gone on with. */
export class FileFetcher {
  readonly #options: FileFetcherOptions;
  readonly #part: string;
  #arrived = 0;

  constructor(options: FileFetcherOptions) {
    this.#options = options;
    this.#part = `${options.path}.${options.file.id}.part`;
  }

  get progress(): TransferProgress {
    return { done: this.#arrived, total: this.#options.file.size };
  }

  /** @throws AppError `file_exists`, `checksum_mismatch`, or the server's */
  async run(): Promise<void> {
    const { path, file, force, clock, signal, onPause } = this.#options;
    if (!force && (await exists(path))) {
      throw new ConflictError('file_exists', `There is a file ${path}; move it away, or replace it with --force.`);
    }
    const arrived = (): number => this.#arrived;
    await stubbornly((attempt) => this.#receive(attempt), { clock, signal, moved: arrived, arrived, onPause });
    if ((await hashOf(this.#part, signal)) !== file.sha256) {
      await rm(this.#part, { force: true });
      const message = 'What came is not what was shared, so it was deleted; fetch it again.';
      throw new AppError(message, { code: 'checksum_mismatch', fault: 'destination', status: 502 });
    }
    await this.#settle(path, force);
  }

  async #receive(signal: AbortSignal): Promise<void> {
    const { api, file } = this.#options;
    const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_NOFOLLOW;
    const part = await open(this.#part, flags, 0o600);
    try {
      // A longer one was written by something else.
      this.#arrived = Math.min((await part.stat()).size, file.size);
      await part.truncate(this.#arrived);
      if (this.#arrived === file.size) return;
      const range = { range: `bytes=${this.#arrived}-`, 'if-range': `"${file.sha256 ?? ''}"` };
      const answer = await api.call(api.address(file.id, '/content'), { headers: range, signal });
      // A proxy may have given the whole.
      if (answer.status !== 206) this.#arrived = 0;
      const reader = answer.body?.getReader();
      try {
        for (;;) {
          const { done = true, value } = (await reader?.read()) ?? {};
          if (done || value === undefined) break;
          if (this.#arrived + value.byteLength > file.size) throw tooMuch();
          await part.write(value, 0, value.byteLength, this.#arrived);
          this.#arrived += value.byteLength;
        }
      } catch (error) {
        throw error instanceof AppError ? error : api.lost(error);
      } finally {
        await reader?.cancel().catch(() => {});
      }
      if (this.#arrived < file.size) throw api.lost(new Error('the answer broke off'));
      await part.sync();
    } finally {
      await part.close();
    }
  }

  async #settle(path: string, force: boolean): Promise<void> {
    if (force) {
      await rename(this.#part, path);
      return;
    }
    try {
      // Unlike a rename this never replaces what has come to be there meanwhile.
      await link(this.#part, path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') {
        throw new ConflictError('file_exists', `There is a file ${path} now; what came is in ${this.#part}.`);
      }
      await rename(this.#part, path);
      return;
    }
    await rm(this.#part, { force: true });
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function hashOf(path: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { signal })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

function tooMuch(): BadRequestError {
  return new BadRequestError('refused', 'More bytes arrived than the file has; something on the way changes them.');
}
