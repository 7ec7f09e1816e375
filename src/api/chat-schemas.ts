/** The shapes of the chat over HTTP. */
import { z } from 'zod';
import { MAX_CHAT_ENTRIES, MAX_NAME_LENGTH } from '../protocol/limits.ts';
import { chatEntrySchema, chatKeySchema, chatTextSchema } from '../protocol/chat.ts';

const id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'use 1 to 64 letters, digits, "-" and "_"');
const name = z
  .string()
  .trim()
  .min(1)
  .max(MAX_NAME_LENGTH)
  .regex(/^[^\p{Cc}\u2028\u2029]*$/u, 'leave out control characters');
const me = z
  .string()
  .regex(/^[A-Za-z0-9_-]{22,64}$/, 'use 22 to 64 random letters, digits, "-" and "_"')
  .meta({ description: 'A secret of the writer, the same for all they write: whoever knows it may change that.' });
/** Longest wait of one request, seconds: proxies give up after thirty or sixty. */
const MAX_WAIT = 25;

/** Path of a message. */
export const chatMessageParams = z.object({ room: id, message: id });
/** Query of `GET /api/rooms/{room}/chat`. */
export const chatQuery = z.object({
  after: z.coerce.number().int().min(0).default(0).meta({ description: 'Largest `rev` that is known; 0: the newest.' }),
  wait: z.coerce
    .number()
    .min(0)
    .max(MAX_WAIT)
    .default(0)
    .meta({ description: 'Seconds to wait for a change while there is none.' }),
  rules: z
    .string()
    .max(40)
    .optional()
    .meta({ description: '`rules` of the answer before: other rules are then told without a wait.' }),
  before: id.optional().meta({ description: 'Id of the oldest message that is known: gives those before it.' }),
  limit: z.coerce.number().int().min(1).max(MAX_CHAT_ENTRIES).default(100).meta({ description: 'With `before`.' }),
});
/** An answer: `more` asks for another request at once. */
export const chatAnswer = z
  .object({
    entries: z.array(chatEntrySchema.meta({ id: 'ChatEntry' })),
    more: z.boolean(),
    mayWrite: z.boolean().meta({ description: 'Whether who asks may write, too.' }),
    slowSeconds: z.int().min(0).meta({ description: 'Between two messages of anybody but hosts; 0: no slow mode.' }),
    rules: z.string().meta({ description: 'Names the rules of this answer; send it with the next request.' }),
  })
  .meta({ id: 'ChatChanges' });
/** A message as it now is. */
export const chatEntryAnswer = chatEntrySchema.meta({ id: 'ChatEntry' });
/** Body of `POST /api/rooms/{room}/chat`. */
export const sayBody = z
  .strictObject({
    text: z.string().pipe(chatTextSchema).meta({ type: 'string' }),
    key: chatKeySchema.meta({ description: 'New for each message; one that is sent again with it is one message.' }),
    replyTo: id.optional(),
    name: name.optional().meta({ description: 'Unless the token says it.' }),
    me: me.optional(),
  })
  .meta({ id: 'Say' });
/** Body of `PATCH …/chat/{message}`. */
export const editChatBody = z
  .strictObject({ text: z.string().pipe(chatTextSchema).meta({ type: 'string' }), me: me.optional() })
  .meta({ id: 'EditMessage' });
/** Query of `DELETE …/chat/{message}`: a secret in a body would be unusual, in an address it would be logged. */
export const deleteChatBody = z.strictObject({ me: me.optional() }).meta({ id: 'DeleteMessage' });
