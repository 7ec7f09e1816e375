/** Tells the person, and the room, what is wrong with what they send. */
import type { FlowVerdict } from '../../src/protocol/flow/acked-rate-controller.ts';
import type { ClientMessage, RosterEntry, SignalKind } from '../../src/protocol/messages.ts';
import type { LocalSource } from '../media/local-source.ts';
import { CameraThumbnails } from '../signal/camera-thumbnails.ts';
import { MicrophoneListener } from '../signal/microphone-listener.ts';
import { signalDifferences } from '../signal/signal-differences.ts';
import { type ActiveSignal, SignalWatch } from '../signal/signal-watch.ts';
import { signalProblem } from '../signal/signal-words.ts';
import { nowMs } from '../util/monotonic.ts';
import type { Problem } from '../util/problem.ts';

/** What it needs. */
export interface SignalDeskOptions {
  /** Running; it stays its owner's. */
  readonly context: AudioContext;
  /** How what is sent gets through; undefined while nothing is sent. */
  line(): FlowVerdict | undefined;
  /** To the server. */
  tell(message: ClientMessage): void;
  /** Something began to be wrong that the person should read. */
  show(problem: Problem): void;
  /** What was shown with this code is over. */
  settle(code: string): void;
}

const EVERY_MS = 500;
/** The person reads of the same thing at most so often. */
const AGAIN_MS = 60_000;

/** Watches from its making until `close`. */
export class SignalDesk {
  readonly #options: SignalDeskOptions;
  readonly #watch: SignalWatch<MediaStreamTrack>;
  readonly #timer: number;
  #untold = false;
  /** At most one for each kind. */
  readonly #shownMs = new Map<SignalKind, number>();

  constructor(options: SignalDeskOptions) {
    this.#options = options;
    this.#watch = new SignalWatch<MediaStreamTrack>({
      listen: (media) => new MicrophoneListener(options.context, media),
      look: (media) => new CameraThumbnails(media),
      line: () => options.line(),
      changed: (signal, active) => this.#onChange(signal, active),
    });
    this.#timer = window.setInterval(() => this.#watch.tick(nowMs()), EVERY_MS);
  }

  /** What is sent now. */
  follow(sources: readonly LocalSource[]): void {
    this.#watch.follow(sources);
  }

  /** Connected, perhaps to a server that has not heard of anything. */
  joined(): void {
    this.#untold = true;
  }

  /** The room's word on this person: what is wrong is told again once the tracks it concerns are known there. */
  listed(self: RosterEntry): void {
    const { active } = this.#watch;
    const known = active.every(
      ({ track }) => track === undefined || self.tracks.some((entry) => entry.track === track),
    );
    if (!this.#untold || !known) return;
    this.#untold = false;
    for (const difference of signalDifferences(active, self.signals ?? [])) {
      this.#tell(difference.signal, difference.active);
    }
  }

  close(): void {
    window.clearInterval(this.#timer);
    this.#watch.close();
  }

  #onChange(signal: ActiveSignal, active: boolean): void {
    this.#tell(signal, active);
    const problem = signalProblem(signal.kind);
    if (!active) {
      this.#options.settle(problem.code ?? '');
      return;
    }
    const now = nowMs();
    if (now - (this.#shownMs.get(signal.kind) ?? Number.NEGATIVE_INFINITY) < AGAIN_MS) return;
    this.#shownMs.set(signal.kind, now);
    this.#options.show(problem);
  }

  #tell({ kind, track }: ActiveSignal, active: boolean): void {
    this.#options.tell({ type: 'signal', kind, active, ...(track !== undefined && { track }) });
  }
}
