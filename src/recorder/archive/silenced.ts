/** When hosts had somebody silenced: their sound is heard by nobody then, nor in the film. */
import { readSessionEvents, type SessionEvent } from '../session/session-events.ts';

/** Milliseconds of the session; `toMs` is Infinity when it never ended. */
export interface SilencedSpan {
  readonly fromMs: number;
  readonly toMs: number;
}

/** When each participant was silenced who ever was, in order. @param events in order of time */
export function silencedSpans(events: Iterable<SessionEvent>): Map<string, SilencedSpan[]> {
  const since = new Map<string, number>();
  const spans = new Map<string, SilencedSpan[]>();
  const end = (participant: string, toMs: number): void => {
    const fromMs = since.get(participant);
    if (fromMs === undefined) return;
    since.delete(participant);
    spans.set(participant, [...(spans.get(participant) ?? []), { fromMs, toMs }]);
  };
  for (const event of events) {
    if (event.type !== 'loudness') continue;
    if (!event.silenced) end(event.participant, event.ms);
    else if (!since.has(event.participant)) since.set(event.participant, event.ms);
  }
  for (const participant of [...since.keys()]) end(participant, Number.POSITIVE_INFINITY);
  return spans;
}

/** The same of a session's folder. */
export async function readSilenced(sessionFolder: string): Promise<Map<string, SilencedSpan[]>> {
  const told: SessionEvent[] = [];
  for await (const event of readSessionEvents(sessionFolder)) if (event.type === 'loudness') told.push(event);
  return silencedSpans(told.sort((a, b) => a.ms - b.ms));
}
