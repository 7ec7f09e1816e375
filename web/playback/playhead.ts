/** What is being heard now, so that the picture can follow the sound. */
import { CaptureClock } from '../capture/capture-clock.ts';
import type { PlaybackReport } from '../worklets/playback-messages.ts';

// Without a word from the audio thread for this long the sound stands still; the picture must not.
const STALE_US = 500_000;

/** Program time by the page's clock; the audio thread's reports arrive late by chance, the earliest ones tell its clock. */
export class Playhead {
  readonly #clock = new CaptureClock();
  #report: PlaybackReport | undefined;
  #reportedUs = 0;
  #heardUs = 0;

  /** @param nowUs when the report arrived, by the page's clock. */
  note(report: PlaybackReport, nowUs: number): void {
    this.#report = report;
    this.#heardUs = nowUs;
    this.#reportedUs = this.#clock.map(Math.round(report.contextTime * 1e6), nowUs);
  }

  /** Program time in microseconds that leaves the speaker at `nowUs`, or undefined while no sound plays. */
  at(nowUs: number, outputLatencyS: number): number | undefined {
    const report = this.#report;
    if (!report?.playing || report.playheadUs === undefined || nowUs - this.#heardUs > STALE_US) return undefined;
    return report.playheadUs + (nowUs - this.#reportedUs) - outputLatencyS * 1e6;
  }
}
