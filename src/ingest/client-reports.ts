/** What a client reports about itself: its own measurements, and problems with what it sends. */
import type { ServerMessage, SignalKind, SignalMessage, StatsMessage } from '../protocol/messages.ts';
import type { HopObserver } from '../room/hop-times.ts';
import type { Participant } from '../room/participant.ts';
import type { Room } from '../room/room.ts';
import type { Clock } from '../util/clock.ts';
import type { OwnPauses } from '../util/own-pauses.ts';
import { TokenBucket } from '../util/token-bucket.ts';

/** Options of a participant's reports. */
export interface ClientReportsOptions {
  readonly room: Room;
  readonly participant: Participant;
  readonly hops: HopObserver;
  readonly clock: Clock;
  /** Of the server: clients send figures at fixed times. */
  readonly pauses: OwnPauses;
  /** Reaches the participant while they are connected. */
  readonly send: (message: ServerMessage) => void;
}

/** One in 5 s, and one more for a timer that ran late. */
const STATS_MS = 5000;
const STATS_BURST = 2;
/** Each costs everybody a roster. */
const SIGNALS_PER_SECOND = 1;
const SIGNAL_BURST = 10;
/** Hosts read of one thing about one person at most so often. */
const NOTICE_MS = 30_000;
/** A clock that was read within half a round trip of this may seem a little ahead of the truth. */
const MOST_BEHIND_MS = -2000;
/** The first frame cannot have been on its way for longer. */
const MOST_AHEAD_MS = 10_000;

const SENTENCES: Readonly<Record<SignalKind, string>> = {
  silence: 'Their microphone is on, but gives no sound.',
  clipping: 'Their sound is too loud and distorted.',
  black: 'Their camera gives a black picture.',
  frozen: 'Their camera gives the same picture all the time.',
  network: 'Their network is too slow for what they send.',
};

/** Owned by the participant's session. */
export class ClientReports {
  readonly #options: ClientReportsOptions;
  readonly #stats: TokenBucket;
  readonly #signals: TokenBucket;
  /** Added to the client's capture times it gives the room's time, as the client says. */
  #offsetMs: number | undefined;
  /** At most one for each kind. */
  readonly #noticedMs = new Map<SignalKind, number>();

  constructor(options: ClientReportsOptions) {
    this.#options = options;
    this.#stats = new TokenBucket(options.clock, 1000 / STATS_MS, STATS_BURST, options.pauses);
    this.#signals = new TokenBucket(options.clock, SIGNALS_PER_SECOND, SIGNAL_BURST);
  }

  /** Its figures go to the metrics; its clock is kept for `tie`. */
  stats({ clock, sent, shown }: StatsMessage): void {
    const { hops } = this.#options;
    if (!this.#stats.take()) {
      this.#refuse(`Figures are taken every ${STATS_MS / 1000} s; say them again then.`);
      return;
    }
    this.#offsetMs = clock?.offsetMs ?? this.#offsetMs;
    if (sent?.encodeMs !== undefined) hops.observeHop('capture_encoded', 'picture', sent.encodeMs);
    if (sent?.ackMs !== undefined) hops.observeHop('encoded_acked', 'picture', sent.ackMs);
    if (shown?.pictureMs !== undefined) hops.observeHop('program_display', 'picture', shown.pictureMs);
    if (shown?.soundMs !== undefined) hops.observeHop('program_display', 'sound', shown.soundMs);
    if (shown?.glassMs !== undefined) hops.observeHop('capture_display', 'picture', shown.glassMs);
    hops.observePage({
      rttMs: clock?.rttMs,
      soundBufferMs: shown?.bufferMs,
      sentFps: sent?.fps,
      shownFps: shown?.fps,
      sendDrops: sent?.dropped ?? 0,
      showDrops: shown?.dropped ?? 0,
      underruns: shown?.underruns ?? 0,
    });
  }

  /** @param tiedMs milliseconds that are added to the client's capture times to get the room's time; undefined before the first frame. */
  tie(tiedMs: number | undefined): void {
    if (tiedMs === undefined || this.#offsetMs === undefined) return;
    const aheadMs = tiedMs - this.#offsetMs;
    const possible = aheadMs >= MOST_BEHIND_MS && aheadMs <= MOST_AHEAD_MS;
    this.#options.participant.clockAheadMs = possible ? aheadMs : undefined;
  }

  /** Passed on to the roster; hosts are told when it begins. */
  signal({ kind, track, active }: SignalMessage): void {
    const { room, participant } = this.#options;
    // It may cross the end of its track on the way; that is nobody's fault.
    if (track !== undefined && !participant.tracks.has(track)) return;
    if (!this.#signals.take()) {
      this.#refuse('At most one signal a second is passed on; say it again in a second.');
      return;
    }
    if (room.setSignal(participant, { kind, track }, active) && active) this.#tellHosts(kind);
  }

  #tellHosts(kind: SignalKind): void {
    const { room, participant, clock } = this.#options;
    const now = clock.monotonicMs();
    if (now - (this.#noticedMs.get(kind) ?? Number.NEGATIVE_INFINITY) < NOTICE_MS) return;
    this.#noticedMs.set(kind, now);
    const { id, name } = participant;
    room.events.emit('notice', { code: `signal_${kind}`, message: SENTENCES[kind], participant: { id, name } });
  }

  #refuse(message: string): void {
    this.#options.send({ type: 'error', code: 'rate_limited', message });
  }
}
