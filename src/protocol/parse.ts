/** Reading one JSON text message, and which there are. */
import { z } from 'zod';

/** The message, or a sentence that says what is wrong with it. */
export function parseMessage<T>(schema: z.ZodType<T>, text: string): T | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'The message is no JSON text.';
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const where = issue && issue.path.length > 0 ? `"${issue.path.join('.')}": ` : '';
  return `The message does not fit the protocol: ${where}${issue?.message ?? 'unknown'}.`;
}

/** Every `type` that a message of `schema` can have. */
export function messageTypes(schema: z.core.$ZodType): readonly string[] {
  if (schema instanceof z.ZodDiscriminatedUnion) return [...new Set(schema.options.flatMap(messageTypes))];
  const type: unknown = schema instanceof z.ZodObject ? schema.shape['type'] : undefined;
  return type instanceof z.ZodLiteral ? [...type.values].map(String) : [];
}
