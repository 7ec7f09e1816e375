/** What a room's viewers get: what the room orders, and the configuration for the rest. */
import type { ViewingSettings } from '../api/ports.ts';
import type { ViewingOrder } from '../config/schema.ts';

/** The room's order over the configuration; of whatever has more only viewers' own fields are taken. */
export function orderedViewing(configured: ViewingSettings, order: ViewingOrder): ViewingSettings {
  return {
    access: order.access ?? configured.access,
    profile: order.profile ?? configured.profile,
    abr: order.abr ?? configured.abr,
    captions: order.captions ?? configured.captions,
  };
}

/** The order after a change: the fields it names, or none of its own for null. */
export function changedViewing(before: ViewingOrder, change: ViewingOrder | null | undefined): ViewingOrder {
  if (change === undefined) return before;
  return change === null ? {} : { ...before, ...change };
}
