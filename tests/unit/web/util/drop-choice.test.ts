import { describe, expect, it } from 'vitest';
import { dropUses, meantUse } from '../../../../web/util/drop-choice.ts';

describe('files that are held over a room', () => {
  it.each([
    { what: 'a film', types: ['video/mp4'], uses: ['play', 'share'] },
    { what: 'a sound', types: ['audio/ogg'], uses: ['play', 'share'] },
    { what: 'one whose type the browser does not tell yet', types: [''], uses: ['play', 'share'] },
    {
      what: 'one of Firefox, which tells it with the drop',
      types: ['application/x-moz-file'],
      uses: ['play', 'share'],
    },
    { what: 'what the browser tells nothing of', types: [], uses: ['play', 'share'] },
    { what: 'a document', types: ['application/pdf'], uses: ['share'] },
    { what: 'two films', types: ['video/mp4', 'video/mp4'], uses: ['share'] },
  ])('can be used as $uses when it is $what', ({ types, uses }) => {
    expect(dropUses({ types, shares: true })).toEqual(uses);
  });

  it('are only played where nothing can be shared', () => {
    expect(dropUses({ types: ['application/pdf'], shares: false })).toEqual(['play']);
    expect(meantUse({ types: ['video/mp4'], shares: false }, 0.9)).toBe('play');
  });

  it('are played on the left half and shared on the right', () => {
    const held = { types: ['video/mp4'], shares: true };
    expect([0, 0.49, 0.5, 1].map((at) => meantUse(held, at))).toEqual(['play', 'play', 'share', 'share']);
    expect(meantUse({ types: ['text/plain'], shares: true }, 0)).toBe('share');
  });
});
