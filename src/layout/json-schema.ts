/** The layout for programs in other languages. */
import { z } from 'zod';
import { layoutSchema } from './layout.ts';

/** What `PUT /api/rooms/{room}/layout` takes, as JSON Schema 2020-12. Sums of fields are not in its power. */
export function layoutJsonSchema(): object {
  const { $schema, ...schema } = z.toJSONSchema(layoutSchema, { io: 'input' });
  return {
    $schema,
    title: 'Layout of a room',
    description: 'Who stands where in the program. Every field has a default, so {} is a layout.',
    ...schema,
  };
}
