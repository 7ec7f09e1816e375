/** The clock of a room's program, seen from here: times in playlists are by it. */
import type { Clock } from '../../util/clock.ts';
import type { Line } from './line.ts';
import { textOf } from './playlist-memory.ts';

/** What is known of it. */
export interface ServerClock {
  /** The program's time minus this machine's monotonic time, milliseconds. */
  readonly wallOffsetMs: number;
  /** Round trip of the fastest request; undefined when the server does not tell its time, and this machine's is taken for it. */
  readonly rttMs: number | undefined;
}

const TRIES = 5;

/** Asks the server a few times for the clock of a room's program; the fastest answer counts. Never rejects. */
export async function askServerClock(line: Line, clock: Clock, room: string): Promise<ServerClock> {
  let best: ServerClock = { wallOffsetMs: clock.wallMs() - clock.monotonicMs(), rttMs: undefined };
  try {
    for (let count = 0; count < TRIES; count += 1) {
      const sentMs = clock.monotonicMs();
      const answer = await line.get(`/api/time?room=${room}`, true);
      const rttMs = clock.monotonicMs() - sentMs;
      const ms = answer.status === 200 ? timeIn(textOf(answer)) : undefined;
      if (ms === undefined) break;
      if (rttMs < (best.rttMs ?? Number.POSITIVE_INFINITY)) best = { wallOffsetMs: ms - sentMs - rttMs / 2, rttMs };
    }
  } catch {
    // Another origin than ours.
  }
  return best;
}

function timeIn(text: string): number | undefined {
  const { ms } = JSON.parse(text) as { ms?: unknown };
  return typeof ms === 'number' && Number.isFinite(ms) ? ms : undefined;
}
