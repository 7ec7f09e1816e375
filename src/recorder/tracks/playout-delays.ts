/** The playout delays of a session: by how much the program shows each person later than they were captured. */
import { readSessionEvents, type SessionEvent } from '../session/session-events.ts';

type PlayoutTold = Extract<SessionEvent, { type: 'playout' }>;

/** Participant to milliseconds, the middle one of all that were told of them. */
export function middleDelays(events: Iterable<PlayoutTold>): Map<string, number> {
  const told = new Map<string, number[]>();
  for (const event of events) {
    const known = told.get(event.participant);
    if (known) known.push(event.delayMs);
    else told.set(event.participant, [event.delayMs]);
  }
  return new Map(
    [...told].map(([participant, delays]) => {
      const sorted = delays.toSorted((a, b) => a - b);
      return [participant, sorted[Math.floor(sorted.length / 2)] ?? 0];
    }),
  );
}

/** The same of a session's folder. */
export async function readPlayoutDelays(sessionFolder: string): Promise<Map<string, number>> {
  const told: PlayoutTold[] = [];
  for await (const event of readSessionEvents(sessionFolder)) if (event.type === 'playout') told.push(event);
  return middleDelays(told);
}
