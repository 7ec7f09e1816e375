import { describe, expect, it } from 'vitest';
import { mentionBefore, mentioned, withMention } from '../../../../web/util/mention-query.ts';

const PEOPLE = ['Björn Ångström', 'Ana', 'Anna Lind', 'Lindsay'].map((name) => ({ id: name, name }));

describe('a call that somebody is writing', () => {
  it.each([
    ['@', 1, { from: 0, query: '' }],
    ['Hi @an', 6, { from: 3, query: 'an' }],
    ['Hi @an and more', 6, { from: 3, query: 'an' }],
    ['mail@an', 7, undefined],
    ['Hi @an\nb', 8, undefined],
    ['Hi an', 5, undefined],
    [`@${'x'.repeat(65)}`, 66, undefined],
  ])('in %j with the cursor at %i is found where it begins', (text, caret, found) => {
    expect(mentionBefore(text, caret)).toEqual(found);
  });

  it('fits whoever has a word of it in their name, those first whose name begins with it', () => {
    const names = (query: string): string[] => mentioned(PEOPLE, query).map(({ name }) => name);
    expect(names('an')).toEqual(['Ana', 'Anna Lind']);
    expect(names('LIND')).toEqual(['Lindsay', 'Anna Lind']);
    expect(names('ång')).toEqual(['Björn Ångström']);
    expect(names('ana ')).toEqual([]);
    const many = Array.from({ length: 9 }, (_, index) => ({ id: `${index}`, name: `Guest ${index}` }));
    expect(mentioned(many, '')).toHaveLength(6);
  });

  it('is replaced by the whole name, and the cursor stands behind it', () => {
    expect(withMention('Hi @an, well', 6, { from: 3, query: 'an' }, 'Ana')).toEqual({
      text: 'Hi @Ana , well',
      caret: 8,
    });
  });
});
