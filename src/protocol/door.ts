/** The messages of a room's door: who waits is told why, and hosts are told who waits. */
import { z } from 'zod';

const time = z.number().min(0).max(Number.MAX_SAFE_INTEGER);

/** You are before the door. Stay connected: `welcome` comes once somebody opens it, or `error` when they refuse. */
const waiting = z.object({
  type: z.literal('waiting'),
  /** Everybody waits until the room opens; a host has locked it; a host lets people in one by one. */
  reason: z.enum(['scheduled', 'locked', 'admission']),
  title: z.string(),
  /** When the room opens, and the server's own time now: wall clock, milliseconds. */
  opensAtMs: time.optional(),
  nowMs: time,
});

/** For hosts: how the door is set, and who waits, in the order they came. */
const door = z.object({
  type: z.literal('door'),
  locked: z.boolean(),
  waitingRoom: z.boolean(),
  /** While the room has not opened: wall clock, milliseconds. */
  opensAtMs: time.optional(),
  waiting: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      /** Wall clock, milliseconds. */
      sinceMs: time,
      /** False while their connection is cut and may come back. */
      connected: z.boolean(),
    }),
  ),
});

/** What the server says of a door. */
export const doorServerMessages = [waiting, door] as const;
/** Why somebody waits, and how long. */
export type WaitingMessage = z.infer<typeof waiting>;
/** How the door is set and who waits, for hosts. */
export type DoorMessage = z.infer<typeof door>;
