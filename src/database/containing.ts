/** Looking for text in a column. */
import { type RawBuilder, sql } from 'kysely';

/** Whether a column of texts in lower case holds `text`, which is in lower case, too; signs of patterns in it stand for themselves. */
export function containing(column: string, text: string): RawBuilder<boolean> {
  const pattern = `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;
  return sql<boolean>`${sql.ref(column)} like ${pattern} escape '\\'`;
}
