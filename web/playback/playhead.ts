/** What is being heard now, so that the picture can follow the sound. */
import type { PlaybackReport } from '../worklets/playback-messages.ts';

// Without a word from the audio thread for this long the sound stands still; the picture must not.
const STALE_S = 0.5;

/** Program time by the audio context's clock. */
export class Playhead {
  #report: PlaybackReport | undefined;

  note(report: PlaybackReport): void {
    this.#report = report;
  }

  /** Program time in microseconds that leaves the speaker, or undefined while no sound plays. */
  at(contextTime: number, outputLatencyS: number): number | undefined {
    const report = this.#report;
    if (!report?.playing || report.playheadUs === undefined) return undefined;
    const since = contextTime - report.contextTime;
    return since > STALE_S ? undefined : report.playheadUs + (since - outputLatencyS) * 1e6;
  }
}
