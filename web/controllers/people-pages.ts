/** A list that is read anew from its beginning, as far as it was shown: pure but for what it asks. */
import type { Page } from '../api-types.ts';

/** The first `count` pages as one; `next` leads on from there. Rejects as `read` does. */
export async function readPages<T>(read: (cursor?: string) => Promise<Page<T>>, count: number): Promise<Page<T>> {
  const items: T[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < count; page += 1) {
    const { items: some, next } = await read(cursor);
    items.push(...some);
    if (next === undefined) return { items };
    cursor = next;
  }
  return { items, ...(cursor !== undefined && { next: cursor }) };
}
