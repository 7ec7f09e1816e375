/** The chat of a session as it stood in the end: pure. */
import type { SessionEvent } from '../session/session-events.ts';

/**
 * Each message once, when it was written, with its last text: a message that was changed is told again in the session's
 * events, one that was deleted with an empty text. What is no chat stays as it is.
 */
export function settledChat(events: readonly SessionEvent[]): SessionEvent[] {
  const last = new Map<string, string>();
  for (const event of events) if (event.type === 'chat') last.set(event.id, event.text);
  const told = new Set<string>();
  return events.flatMap((event): SessionEvent[] => {
    if (event.type !== 'chat') return [event];
    const text = last.get(event.id) ?? '';
    if (text === '' || told.has(event.id)) return [];
    told.add(event.id);
    return [{ ...event, text }];
  });
}
