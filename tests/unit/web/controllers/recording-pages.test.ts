import { expect, it } from 'vitest';
import type { RecordingInfo } from '../../../../web/api-types.ts';
import { appendPage, refreshTop } from '../../../../web/controllers/recording-pages.ts';

const item = (minute: number, title = ''): RecordingInfo => ({
  id: `r${minute}`,
  room: 'monday',
  title,
  state: 'ready',
  startedAt: `2031-05-14T12:${String(minute).padStart(2, '0')}:00.000Z`,
  duration: 1,
});
const ids = (of: { readonly items: readonly RecordingInfo[] }) => of.items.map(({ id }) => id);

it('keeps what was read behind the first page, and what is new or gone at the top', () => {
  const known = { items: [item(9), item(8), item(7), item(6)], next: 'c6' };
  const fresh = refreshTop(known, { items: [item(10), item(8, 'new title')], next: 'c8' });
  expect(ids(fresh)).toEqual(['r10', 'r8', 'r7', 'r6']);
  expect(fresh.items[1]?.title).toBe('new title');
  expect(fresh.next).toBe('c6');
});

it('is the first page alone when nothing lies behind it', () => {
  expect(refreshTop({ items: [item(9), item(8)], next: undefined }, { items: [item(9)] })).toEqual({
    items: [item(9)],
    next: undefined,
  });
  expect(refreshTop(undefined, { items: [item(9)], next: 'c9' })).toEqual({ items: [item(9)], next: 'c9' });
});

it('takes no recording twice', () => {
  const more = appendPage({ items: [item(9), item(8)], next: 'c8' }, { items: [item(8), item(7)] });
  expect(ids(more)).toEqual(['r9', 'r8', 'r7']);
  expect(more.next).toBeUndefined();
});
