/** One line that says how far a file is, how fast it goes and how long it still takes. */
import { inWords } from '../../files/file-limits.ts';
import type { Clock, Disposer } from '../../util/clock.ts';
import { everyProgress, type ProgressTarget, writeProgress } from '../progress-target.ts';

/** How far it is, in bytes. */
export interface TransferProgress {
  readonly done: number;
  readonly total: number;
}

const TTY_MS = 250;
/** Rates are those of about so long. */
const SMOOTH_MS = 3000;

/** A rate that follows what happens, without its jitter. */
export class RateMeter {
  #rate: number | undefined;
  #before: { readonly done: number; readonly ms: number } | undefined;

  /** Bytes a second; undefined before anything is known. @param ms on a clock that never goes back */
  measure(done: number, ms: number): number | undefined {
    const before = this.#before;
    // What goes back was lost and is sent again: only the next bytes tell how fast it is.
    if (before && done >= before.done && ms > before.ms) {
      const now = ((done - before.done) * 1000) / (ms - before.ms);
      const weight = 1 - Math.exp((before.ms - ms) / SMOOTH_MS);
      this.#rate = this.#rate === undefined ? now : this.#rate + (now - this.#rate) * weight;
    }
    this.#before = { done, ms };
    return this.#rate;
  }
}

/** ` 45 %  90.3 MB of 200 MB  12.1 MB/s  9 s left` */
export function formatTransfer({ done, total }: TransferProgress, rate: number | undefined): string {
  const percent = total === 0 ? 100 : Math.floor((done / total) * 100);
  const parts = [`${String(percent).padStart(3)} %`, `${inWords(done)} of ${inWords(total)}`];
  if (rate !== undefined) parts.push(`${inWords(Math.round(rate))}/s`);
  if (rate !== undefined && rate > 0 && done < total) parts.push(`${formatSeconds((total - done) / rate)} left`);
  return parts.join('  ');
}

/** For example `9 s`, `2 min 05 s` or `3 h 10 min`. */
export function formatSeconds(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${String(whole % 60).padStart(2, '0')} s`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

/** Writes the line again and again: in place on a terminal, as lines elsewhere. */
export function showTransfer(read: () => TransferProgress, target: ProgressTarget, clock: Clock): Disposer {
  const meter = new RateMeter();
  meter.measure(read().done, clock.monotonicMs());
  const show = (): void => {
    const now = read();
    writeProgress(target, formatTransfer(now, meter.measure(now.done, clock.monotonicMs())));
  };
  const stop = everyProgress(target, TTY_MS, clock, show);
  let over = false;
  return () => {
    stop();
    if (over || !target.isTTY) return;
    over = true;
    show();
    target.write('\n');
  };
}
