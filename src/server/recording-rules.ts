/** How a room is recorded: what the room orders, and the configuration for the rest. */
import type { RecordingRules } from '../api/ports.ts';
import type { RecordingOrder } from '../config/schema.ts';

/** The room's order over the configuration; of whatever has more only these fields are taken. */
export function orderedRecording(configured: RecordingRules, order: RecordingOrder): RecordingRules {
  return { auto: order.auto ?? configured.auto, consent: order.consent ?? configured.consent };
}

/** The order after a change: the fields it names, or none of its own for null. */
export function changedRecording(before: RecordingOrder, change: RecordingOrder | null | undefined): RecordingOrder {
  if (change === undefined) return before;
  return change === null ? {} : { ...before, ...change };
}
