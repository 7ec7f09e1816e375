/** Which events of a session the story of a recording is made of: pure. */
import type { RecordingTimeline } from '../recordings/recording-timeline.ts';
import type { SessionEvent } from '../session/session-events.ts';

/** Most events that are told. */
export interface ToldLimits {
  /** Events of one type: what happens often does not crowd out who came, or what was written. */
  readonly ofType: number;
  readonly inAll: number;
}

const LIMITS: ToldLimits = { ofType: 250_000, inAll: 1_000_000 };

/** Takes all of a session in order; what came before a recording, and after it, is worth little memory however long that was. */
export class ToldEvents {
  readonly #fromMs: number;
  readonly #toMs: number;
  readonly #limits: ToldLimits;
  /** How it stood when the recording began, by what it is about. */
  readonly #stood = new Map<string, SessionEvent>();
  readonly #told: SessionEvent[] = [];
  readonly #counts = new Map<SessionEvent['type'], number>();
  #leftOut = 0;

  /** @param timeline of the recording */
  constructor({ framerate, pieces }: RecordingTimeline, limits = LIMITS) {
    this.#fromMs = ((pieces[0]?.from ?? 0) * 1000) / framerate;
    this.#toMs = ((pieces.at(-1)?.to ?? 0) * 1000) / framerate;
    this.#limits = limits;
  }

  /** Events beyond a limit so far. */
  get leftOut(): number {
    return this.#leftOut;
  }

  add(event: SessionEvent): void {
    const about = passing(event);
    if (about !== undefined && event.ms >= this.#toMs) return;
    if (about !== undefined && event.ms < this.#fromMs) {
      this.#stood.set(about, event);
      return;
    }
    const count = this.#counts.get(event.type) ?? 0;
    if (count >= this.#limits.ofType || this.#told.length >= this.#limits.inAll) {
      this.#leftOut += 1;
      return;
    }
    this.#counts.set(event.type, count + 1);
    this.#told.push(event);
  }

  /** In order of time. */
  all(): SessionEvent[] {
    return [...this.#stood.values(), ...this.#told].sort((a, b) => a.ms - b.ms);
  }
}

/** What comes again and again, and of which only the last holds: what it is about. */
function passing(event: SessionEvent): string | undefined {
  if (event.type === 'speaking') return event.type;
  return event.type === 'playout' ? `${event.type} ${event.participant}` : undefined;
}
