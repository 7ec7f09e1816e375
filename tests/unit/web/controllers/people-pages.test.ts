import { expect, it } from 'vitest';
import { readPages } from '../../../../web/controllers/people-pages.ts';

const PAGES = new Map([
  [undefined, { items: ['a', 'b'], next: '2' }],
  ['2', { items: ['c'], next: '3' }],
  ['3', { items: ['d'] }],
]);

function reader() {
  const asked: (string | undefined)[] = [];
  const read = async (cursor?: string) => {
    asked.push(cursor);
    return PAGES.get(cursor) ?? { items: [] };
  };
  return { asked, read };
}

it.each([
  [1, ['a', 'b'], '2'],
  [2, ['a', 'b', 'c'], '3'],
  [3, ['a', 'b', 'c', 'd'], undefined],
])('reads %i pages as one, and tells what follows', async (count, items, next) => {
  const page = await readPages(reader().read, count);
  expect(page.items).toEqual(items);
  expect(page.next).toBe(next);
});

it('asks no further than the list goes', async () => {
  const { asked, read } = reader();
  await readPages(read, 9);
  expect(asked).toEqual([undefined, '2', '3']);
});
