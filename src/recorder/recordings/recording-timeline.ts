/** From the clock of a session to that of one recording of it, in which pauses take no time: pure. */

/** A range of program frames and where it stands in the recording. */
export interface TimelinePiece {
  /** First frame of the session, inclusive. */
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
  /** Frames of the recording before this piece, slates included. */
  readonly outputFrame: number;
}

/** Where two pieces meet. */
export interface TimelineBreak {
  /** Seconds of the recording at which the first of them ends. */
  readonly at: number;
  /** Seconds of the recording at which the second begins: later than `at` when a slate stands between them. */
  readonly resumesAt: number;
  /** Milliseconds of the session that were left out. */
  readonly leftOutMs: number;
  /** Milliseconds of the session at which it was left. */
  readonly fromMs: number;
}

/** A span in seconds of the recording. */
export interface TimelineSpan {
  readonly from: number;
  readonly to: number;
}

/** Session times are milliseconds since frame 0, recording times are seconds. */
export class RecordingTimeline {
  readonly framerate: number;
  readonly pieces: readonly TimelinePiece[];

  constructor(pieces: readonly TimelinePiece[], framerate: number) {
    this.pieces = pieces;
    this.framerate = framerate;
  }

  /** Length of the recording. */
  get seconds(): number {
    const last = this.pieces.at(-1);
    return last ? (last.outputFrame + last.to - last.from) / this.framerate : 0;
  }

  /** When a moment of the session is shown; undefined when it was left out. */
  at(sessionMs: number): number | undefined {
    const frame = (sessionMs * this.framerate) / 1000;
    const piece = this.pieces.find(({ from, to }) => frame >= from && frame < to);
    return piece && (piece.outputFrame + frame - piece.from) / this.framerate;
  }

  /** What is shown of a span of the session, in order; `toMs` may be Infinity. */
  spans(fromMs: number, toMs: number): TimelineSpan[] {
    const first = (fromMs * this.framerate) / 1000;
    const end = (toMs * this.framerate) / 1000;
    return this.pieces.flatMap(({ from, to, outputFrame }) => {
      const begin = Math.max(from, first);
      const stop = Math.min(to, end);
      if (stop <= begin) return [];
      const shift = outputFrame - from;
      return [{ from: (begin + shift) / this.framerate, to: (stop + shift) / this.framerate }];
    });
  }

  /** Between the pieces, in order. */
  get breaks(): TimelineBreak[] {
    return this.pieces.slice(1).flatMap((piece, index) => {
      const before = this.pieces[index];
      if (!before) return [];
      return [
        {
          at: (before.outputFrame + before.to - before.from) / this.framerate,
          resumesAt: piece.outputFrame / this.framerate,
          leftOutMs: ((piece.from - before.to) * 1000) / this.framerate,
          fromMs: (before.to * 1000) / this.framerate,
        },
      ];
    });
  }
}
