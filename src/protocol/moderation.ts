/** Hands, reactions, and what hosts ask of people, as it travels over the WebSocket. Shared with the browser. */
import { z } from 'zod';
import { REACTIONS } from './limits.ts';

const id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
const askedFor = z.enum(['unmute', 'video']);
/** What somebody can be asked for: to let themselves be heard, or seen. */
export type AskedFor = z.infer<typeof askedFor>;
const reaction = z.enum(REACTIONS);
/** One of the few signs that people send without a word. */
export type ReactionSign = z.infer<typeof reaction>;
const toldWhat = z.enum(['muted', 'unmuted', 'video-stopped', 'renamed', 'hand-lowered']);
/** What a host has done to somebody. */
export type ToldWhat = z.infer<typeof toldWhat>;

/** Messages from clients: their hand, a reaction, what hosts ask for, and the answer to what one was asked for. */
export const moderationClientMessages = [
  z.object({ type: z.literal('hand'), raised: z.boolean() }),
  z.object({ type: z.literal('react'), emoji: reaction }),
  z.object({ type: z.literal('ask-unmute'), participant: id }),
  z.object({ type: z.literal('ask-video'), participant: id }),
  z.object({ type: z.literal('answer'), what: askedFor, accepted: z.boolean() }),
] as const;
/** What clients say of it. */
export type ModerationClientMessage = z.infer<(typeof moderationClientMessages)[number]>;

/** Messages from the server: somebody's reaction, what one is asked for, what was done to one, and that a clip was made. */
export const moderationServerMessages = [
  z.object({ type: z.literal('reaction'), participant: z.string(), emoji: reaction }),
  z.object({
    type: z.literal('asked'),
    what: askedFor,
    /** The host who asks, as they are called now. */
    by: z.object({ id: z.string(), name: z.string() }),
  }),
  z.object({
    type: z.literal('told'),
    what: toldWhat,
    /** Name of the host; absent when it is not known which of them it was. */
    by: z.string().optional(),
  }),
  z.object({
    type: z.literal('clip'),
    /** Its length. */
    seconds: z.number().min(0),
    /** It shows the newest seconds; absent: an earlier time. */
    newest: z.literal(true).optional(),
    /** Name of the host; absent when it is not known which of them it was. */
    by: z.string().optional(),
  }),
] as const;
