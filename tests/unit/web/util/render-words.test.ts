import { expect, it } from 'vitest';
import { LAYOUT_POLICIES } from '../../../../src/layout/layout.ts';
import { adminEnglish } from '../../../../web/i18n/admin-english.ts';
import { english } from '../../../../web/i18n/english.ts';
import { createWords } from '../../../../web/i18n/words.ts';
import { renderWords } from '../../../../web/util/render-words.ts';

const words = createWords(undefined, ['en'], { ...english, ...adminEnglish });
const ORDER = { id: 'd1', state: 'ready' } as const;

it('tells what was ordered, each thing for itself', () => {
  const part = { format: 'mp4', layout: 'recorded', from: 60, to: 105.5, without: ['p1'] } as const;
  expect(renderWords({ ...ORDER, ...part }, words)).toBe('As recorded · MP4 · 1:00 to 1:45 · Without one person');
  expect(renderWords({ ...ORDER, layout: { policy: 'side-by-side' }, without: ['p1', 'p2'] }, words)).toBe(
    'Side by side · Without 2 people',
  );
});

it('says no more than the server tells', () => {
  expect(renderWords(ORDER, words)).toBe('Rendering');
  expect(renderWords({ ...ORDER, layout: { policy: 'from the future' }, from: 3 }, words)).toBe('Rendering');
});

it.each(LAYOUT_POLICIES)('has a name for the layout %s', (policy) => {
  expect(renderWords({ ...ORDER, layout: policy }, words)).not.toBe('Rendering');
});
