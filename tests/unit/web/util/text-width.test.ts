import { describe, expect, it } from 'vitest';
import { fitText, textWidth } from '../../../../web/util/text-width.ts';

describe('fitText', () => {
  it('leaves alone what fits', () => {
    expect(fitText('Aiko', textWidth('Aiko'))).toBe('Aiko');
  });

  it('cuts with an ellipsis, within the width', () => {
    const cut = fitText('Theodora Papadimitriou', 6);
    expect(cut).toMatch(/^Theodora.*…$/);
    expect(textWidth(cut)).toBeLessThanOrEqual(6);
  });

  it('takes Han letters for wider than Latin ones, and splits no letter', () => {
    expect(textWidth('王小明')).toBeGreaterThan(textWidth('abc'));
    expect(fitText('👩👩👩', 2)).toBe('👩…');
  });

  it('is empty where not even one letter fits', () => {
    expect(fitText('Aiko', 0.5)).toBe('');
  });
});
