/** The SHA-256 of a file that grows, computed while it does. */
import { type Hash, createHash } from 'node:crypto';
import { constants, open } from 'node:fs/promises';

const READ_BYTES = 256 * 1024;

/**
 * Takes what is written as it comes. What came when nobody was looking (before a restart of the server) it reads from the
 * file, beside the writing, and catches up.
 */
export class FollowingHash {
  readonly #path: string;
  readonly #hash: Hash = createHash('sha256');
  /** Bytes that are in the hash, and that are in the file. */
  #done = 0;
  #written = 0;
  #reading: Promise<void> | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /** The file has these bytes, now; what is written next goes behind them. */
  begin(size: number): void {
    this.#written = size;
    if (this.#done < size) this.#catchUp();
  }

  /** The next bytes, which are in the file. */
  wrote(bytes: Uint8Array): void {
    // While the file is being closed after the last bytes it had, nobody reads any more of it: what comes then is read next.
    const follows = this.#reading === undefined && this.#done === this.#written;
    this.#written += bytes.byteLength;
    if (!follows) return this.#catchUp();
    this.#hash.update(bytes);
    this.#done = this.#written;
  }

  /** The sum of the whole file, in hexadecimal digits; once. Rejects when the file cannot be read. */
  async digest(): Promise<string> {
    while (this.#done < this.#written || this.#reading) {
      this.#catchUp();
      await this.#reading;
    }
    return this.#hash.digest('hex');
  }

  /** Resolves when the file is not being read any more. */
  async idle(): Promise<void> {
    await this.#reading?.catch(() => {});
  }

  #catchUp(): void {
    if (this.#reading) return;
    const reading = this.#read().finally(() => {
      this.#reading = undefined;
    });
    // Told by `digest`, which tries again.
    reading.catch(() => {});
    this.#reading = reading;
  }

  async #read(): Promise<void> {
    const file = await open(this.#path, constants.O_RDONLY | constants.O_NOFOLLOW);
    try {
      const buffer = Buffer.allocUnsafe(READ_BYTES);
      while (this.#done < this.#written) {
        const length = Math.min(READ_BYTES, this.#written - this.#done);
        const { bytesRead } = await file.read(buffer, 0, length, this.#done);
        if (bytesRead === 0) throw new Error('The file is shorter than what was written to it');
        this.#hash.update(buffer.subarray(0, bytesRead));
        this.#done += bytesRead;
      }
    } finally {
      await file.close();
    }
  }
}
