/** Loads renewed certificates while the server runs: it is enough to replace the files. */
import { messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { Clock, Disposer } from '../util/clock.ts';
import { type Certificate, readCertificate, warnOfDates } from './tls-certificate.ts';

/** Options of a watch. */
export interface CertificateWatchOptions {
  /** What the server has now; its files are the ones that are looked at. */
  readonly current: Certificate;
  /** Gets each new certificate. */
  readonly onChange: (certificate: Certificate) => void;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Both files are a few kilobytes; notices of the file system do not come from all of them (mounts, links that are moved). */
const CHECK_MS = 10_000;

/** Looks at the files every ten seconds until closed. What cannot be used is said once, and the old certificate stays. */
export class CertificateWatch {
  readonly #options: CertificateWatchOptions;
  readonly #stop: Disposer;
  #current: Certificate;
  #failures = 0;
  #checking: Promise<void> | undefined;
  #closed = false;

  constructor(options: CertificateWatchOptions) {
    this.#options = options;
    this.#current = options.current;
    this.#stop = options.clock.every(CHECK_MS, () => {
      this.#checking ??= this.#check().finally(() => {
        this.#checking = undefined;
      });
    });
  }

  /** Resolves when nothing of it is at work any more. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#stop();
    await this.#checking;
  }

  async #check(): Promise<void> {
    const { onChange, log } = this.#options;
    const { files } = this.#current;
    try {
      const found = await readCertificate(files);
      this.#failures = 0;
      if (this.#closed || (found.cert === this.#current.cert && found.key === this.#current.key)) return;
      this.#current = found;
      onChange(found);
      log.info('A new certificate is in use', { file: files.cert, until: found.leaf.validTo });
      warnOfDates(found, this.#options);
    } catch (error) {
      this.#failures += 1;
      // Between the writing of one file and of the other they do not fit: only what stays wrong is said.
      if (this.#failures !== 2) return;
      log.warn('The new certificate cannot be used; the old one stays in use', { reason: messageOf(error) });
    }
  }
}
