import { describe, expect, it } from 'vitest';
import { chooseLanguage, LANGUAGES, shippedLanguage } from '../../../../web/i18n/languages.ts';

/** The tag of what somebody gets to read. */
function chosen(wishes: Partial<Parameters<typeof chooseLanguage>[0]>): string {
  return chooseLanguage({ asked: '', kept: '', preferred: [], ...wishes }).tag;
}

describe('languages', () => {
  it('are named once each, by those who speak them', () => {
    for (const of of ['tag', 'name'] as const) {
      const all = LANGUAGES.map((language) => language[of]);
      expect(new Set(all).size).toBe(all.length);
    }
    expect(LANGUAGES.map(({ tag }) => tag)).toEqual(['en', 'de', 'es', 'fr', 'pt-BR']);
  });

  it('are found in any spelling, and for other countries', () => {
    const tags = ['de', 'DE', 'de-AT', 'de_CH', 'pt', 'pt-PT', 'pt-br', 'fr-CA', 'es-419', 'en-GB'];
    const found = tags.map((tag) => shippedLanguage(tag)?.tag);
    expect(found).toEqual(['de', 'de', 'de', 'de', 'pt-BR', 'pt-BR', 'pt-BR', 'fr', 'es', 'en']);
  });

  it('are not found when nobody has written them, or what is said is no language', () => {
    for (const tag of ['pl', 'den', 'd', '', '*', '../de', 'constructor']) expect(shippedLanguage(tag)).toBeUndefined();
  });

  it('follow the address, then what was chosen, then the browser', () => {
    expect(chosen({ asked: 'fr', kept: 'es', preferred: ['de'] })).toBe('fr');
    expect(chosen({ kept: 'es', preferred: ['de'] })).toBe('es');
    expect(chosen({ preferred: ['pl', 'de-AT', 'en'] })).toBe('de');
    expect(chosen({ asked: 'en', preferred: ['de'] })).toBe('en');
  });

  it('are English for whoever reads none of them, whatever is asked for', () => {
    expect(chosen({ preferred: ['pl', 'ja'] })).toBe('en');
    expect(chosen({ asked: 'nonsense', kept: '<b>', preferred: [] })).toBe('en');
  });

  it('are not loaded for who reads English', () => {
    expect(LANGUAGES.filter(({ load }) => load === undefined).map(({ tag }) => tag)).toEqual(['en']);
  });
});
