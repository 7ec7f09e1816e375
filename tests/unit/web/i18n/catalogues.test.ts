/** Every language that comes with the pages is whole: this says what is missing. */
import { describe, expect, expectTypeOf, it } from 'vitest';
import { adminEnglish, ENGLISH_ADMIN_PARTS } from '../../../../web/i18n/admin-english.ts';
import { ADMIN_PROBLEM_CODES } from '../../../../web/i18n/admin-problem-codes.ts';
import { ADMIN_WORDS } from '../../../../web/i18n/admin-words.ts';
import type { TranslatedParts } from '../../../../web/i18n/catalogue-parts.ts';
import { english, ENGLISH_PARTS } from '../../../../web/i18n/english.ts';
import { type Language, LANGUAGES } from '../../../../web/i18n/languages.ts';
import type { AdminKey, Catalogue } from '../../../../web/i18n/message.ts';
import type { Message } from '../../../../web/i18n/sentence.ts';
import { PROBLEM_CODES } from '../../../../web/i18n/problem-codes.ts';

const SENTENCES = { ...english, ...adminEnglish };
const KEYS = Object.keys(SENTENCES) as AdminKey[];
/** Words that stand within a sentence. */
const WITHIN = /^(people\.(microphone|camera|screen)|(?:prejoin|player)\.thisRoom|player\.afterwards|tile\.)/;
/** What problems fill in; `{detail}` is what the server or the browser says, in English. */
const PROBLEM_HOLES = ['{code}', '{detail}', '{lost}', '{name}', '{reason}', '{seconds}', '{used}', '{wait}'];
type Whole = Catalogue<AdminKey>;
const ENGLISH: Whole = { locale: 'en', messages: SENTENCES };

function formsOf(message: Message | undefined): readonly (readonly [form: string, text: string])[] {
  if (message === undefined) return [];
  return typeof message === 'string' ? [['', message]] : Object.entries(message);
}

function holesOf(text: string): readonly string[] {
  return [...new Set(text.match(/\{\w+\}/g))].toSorted();
}

/** Every sentence of the catalogue with the reason why it cannot stay, where there is one. */
function faults({ messages }: Whole, fault: (text: string, key: AdminKey, form: string) => string | undefined) {
  return KEYS.flatMap((key) =>
    formsOf(messages[key]).flatMap(([form, text]) => {
      const found = fault(text, key, form);
      return found === undefined ? [] : [`${key}${form && ` (${form})`}: ${found}`];
    }),
  );
}

/** Spaces at the ends would double those around them. */
function unclean(text: string): string | undefined {
  return text === '' || text !== text.trim() ? 'empty, or with a space at an end' : undefined;
}

function small(text: string): string | undefined {
  return /^\p{Ll}/u.test(text) ? `“${text}” begins with a small letter` : undefined;
}

/** Of all pages together, as the admin page has it. */
async function catalogueOf({ tag, load }: Language): Promise<Whole> {
  const catalogue = await load?.();
  const own = await ADMIN_WORDS.load(tag);
  if (!catalogue || !own) return ENGLISH;
  const problems = { ...catalogue.problems, ...own.problems };
  return { ...catalogue, messages: { ...catalogue.messages, ...own.messages }, problems };
}

describe('the parts of a catalogue', () => {
  it('share no key, and are all there is', () => {
    const parts = [...Object.values(ENGLISH_PARTS), ...Object.values(ENGLISH_ADMIN_PARTS)];
    const keys = parts.flatMap((part) => Object.keys(part));
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
    expect(KEYS.toSorted()).toEqual(keys.toSorted());
  });

  it('are needed in every language, with every sentence', () => {
    const { landing, watch, ...others }: TranslatedParts = ENGLISH_PARTS;
    const { 'landing.title': title, ...rest } = landing;
    expectTypeOf({ ...others, landing }).not.toExtend<TranslatedParts>();
    expectTypeOf({ ...others, watch, landing: rest }).not.toExtend<TranslatedParts>();
    expectTypeOf({ ...others, watch, landing: { ...rest, 'landing.title': title } }).toExtend<TranslatedParts>();
  });
});

describe.each<Language>(LANGUAGES)('$name', (language) => {
  it('is called as its own rules for plurals and numbers are', async () => {
    expect((await catalogueOf(language)).locale).toBe(language.tag);
  });

  it('has every sentence, and none that nobody says', async () => {
    const { messages } = await catalogueOf(language);
    expect(KEYS.filter((key) => messages[key] === undefined)).toEqual([]);
    expect(Object.keys(messages).filter((key) => !(key in SENTENCES))).toEqual([]);
  });

  it('fills the same holes as English does', async () => {
    const found = faults(await catalogueOf(language), (text, key, form) => {
      const wanted = new Set(formsOf(SENTENCES[key]).flatMap(([, own]) => holesOf(own)));
      // “one” may say the number as a word.
      if (form !== '' && form !== 'other' && !text.includes('{count}')) wanted.delete('{count}');
      const [has, wants] = [holesOf(text).join(' '), [...wanted].toSorted().join(' ')];
      return has === wants ? undefined : `has ${has || 'no hole'} and not ${wants || 'none'}`;
    });
    expect(found).toEqual([]);
  });

  it('has the forms that its plurals need', async () => {
    const { messages } = await catalogueOf(language);
    const needed = new Intl.PluralRules(language.tag).resolvedOptions().pluralCategories;
    const found = KEYS.filter((key) => typeof SENTENCES[key] !== 'string').flatMap((key) => {
      const has = formsOf(messages[key]).map(([form]) => form);
      const lacks = needed.filter((form) => !has.includes(form));
      return lacks.length === 0 ? [] : [`${key}: ${lacks.join(', ')}`];
    });
    expect(found).toEqual([]);
  });

  it('leaves no sentence empty, and begins what stands alone with a capital letter', async () => {
    const found = faults(
      await catalogueOf(language),
      (text, key) => unclean(text) ?? (WITHIN.test(key) ? undefined : small(text)),
    );
    expect(found).toEqual([]);
  });
});

describe.each<Language>(LANGUAGES.filter(({ load }) => load !== undefined))('$name', (language) => {
  it('has words for everything that goes wrong', async () => {
    const { problems = {} } = await catalogueOf(language);
    const codes = [...PROBLEM_CODES, ...ADMIN_PROBLEM_CODES];
    expect(codes.filter((code) => problems[code] === undefined)).toEqual([]);
    const found = Object.entries(problems).flatMap(([code, { title, detail, action }]) => {
      // A notice of the room is one sentence.
      const texts = [...(code.startsWith('notice.') && title === '' ? [] : [title]), detail, action ?? 'A'];
      const wrong = texts.map((text) => unclean(text) ?? small(text)).filter((why) => why !== undefined);
      const strange = texts.flatMap(holesOf).filter((hole) => !PROBLEM_HOLES.includes(hole));
      return [...wrong, ...strange].map((why) => `${code}: ${why}`);
    });
    expect(found).toEqual([]);
  });
});
