/** Sentences by key, from a catalogue or from the English one. */
import { formatWait } from '../util/format.ts';
import { ownValue } from '../util/own-value.ts';
import type { Problem } from '../util/problem.ts';
import { english } from './english.ts';
import type { AdminKey, Catalogue, EnglishSentences, MessageKey, ProblemWords, Values } from './message.ts';
import type { Message } from './sentence.ts';

/** For how long one waits where nobody says it. */
const USUAL_WAIT_S = 60;

/** Translates for one catalogue. */
export interface Words<Keys extends AdminKey = MessageKey> {
  /** BCP 47. */
  readonly locale: string;
  /** For dates and times: the same language as whoever reads it has it, as in Britain or as in America. BCP 47. */
  readonly dateLocale: string;
  /** The sentence with its values filled in; numbers are written as the language writes them. */
  say<Key extends Keys>(key: Key, ...values: Values<Key>): string;
  /** The problem with its words replaced when the catalogue knows its code. */
  problem(problem: Problem): Problem;
}

/**
 * Without a catalogue: English. A locale that the browser refuses counts as English, too.
 * @param languages of whoever reads it, best first; default: the browser's.
 * @param sentences what is said where the catalogue has nothing; default: those of all pages. A key that neither has is shown itself.
 */
export function createWords(
  catalogue?: Catalogue<AdminKey>,
  languages: readonly string[] = navigator.languages,
  sentences: EnglishSentences = english,
): Words<AdminKey> {
  const locale = supported(catalogue?.locale ?? 'en');
  const numbers = new Intl.NumberFormat(locale, { useGrouping: false });
  const plurals = new Intl.PluralRules(locale);
  const englishPlurals = new Intl.PluralRules('en');
  const form = (message: Message, count: unknown, rules: Intl.PluralRules): string =>
    typeof message === 'string' ? message : (message[rules.select(Number(count))] ?? message.other);
  return {
    locale,
    dateLocale: languages.find((own) => languageOf(own) === languageOf(locale)) ?? locale,
    say(key, ...[values]) {
      const given: Readonly<Record<string, string | number>> = values ?? {};
      const own = catalogue?.messages[key];
      const text =
        own === undefined
          ? form(sentences[key] ?? key, given['count'], englishPlurals)
          : form(own, given['count'], plurals);
      return fill(text, given, numbers);
    },
    problem(problem) {
      const field = fieldKey(problem);
      const about = field && (catalogue?.messages[field] ?? sentences[field]);
      const named = about === undefined ? {} : { detail: form(about, undefined, plurals) };
      const words = problemWords(catalogue, problem);
      if (!words) return about === undefined ? problem : { ...problem, ...named };
      const wait = formatWait(problem.waitS ?? USUAL_WAIT_S, locale);
      const given = { detail: problem.detail, wait, ...problem.values };
      const translated = Object.entries(words).map(([part, text]) => [part, fill(text, given, numbers)]);
      return { ...problem, ...(Object.fromEntries(translated) as ProblemWords), ...named };
    },
  };
}

/** What is told of a field in words of its own, of a list for each of its entries. */
const FIELDS = {
  login: 'field.login',
  name: 'field.name',
  password: 'field.password',
  types: 'field.types',
} as const satisfies Readonly<Record<string, AdminKey>>;

/** What the server says of other fields is for programs, too: its sentence names them as the API does. */
function fieldKey({ code, field = '' }: Problem): AdminKey | undefined {
  return code === 'api.invalid_request' ? ownValue(FIELDS, field.replace(/\.\d+$/, '')) : undefined;
}

/** A close that the catalogue does not know is told by its number: however a stay ends, there are words for it. */
function problemWords(catalogue: Catalogue<AdminKey> | undefined, { code, values }: Problem): ProblemWords | undefined {
  const { problems } = catalogue ?? {};
  if (!problems || code === undefined) return undefined;
  const numbered = code.startsWith('closed.') && values?.['code'] !== undefined;
  return problems[code] ?? (numbered ? problems['closed.unknown'] : undefined);
}

/** A hole that nothing is known for stays, so that it is noticed. */
function fill(text: string, given: Readonly<Record<string, unknown>>, numbers: Intl.NumberFormat): string {
  return text.replaceAll(/\{(\w+)\}/g, (hole, name: string) => {
    const value = given[name];
    if (typeof value === 'number') return numbers.format(value);
    return typeof value === 'string' ? value : hole;
  });
}

/** Without the country. */
function languageOf(locale: string): string | undefined {
  return locale.split('-')[0];
}

function supported(locale: string): string {
  try {
    return Intl.getCanonicalLocales(locale)[0] ?? 'en';
  } catch {
    return 'en';
  }
}
