/** Sentences by key, from a catalogue or from the English one. */
import type { Problem } from '../util/problem.ts';
import { english } from './english.ts';
import type { Catalogue, Message, MessageKey, Values } from './message.ts';

/** Translates for one catalogue. */
export interface Words {
  /** BCP 47. */
  readonly locale: string;
  /** The sentence with its values filled in; numbers are written as the language writes them. */
  say<Key extends MessageKey>(key: Key, ...values: Values<Key>): string;
  /** The problem with its words replaced when the catalogue knows its code. */
  problem(problem: Problem): Problem;
}

/** Without a catalogue: English. A locale that the browser refuses counts as English, too. */
export function createWords(catalogue?: Catalogue): Words {
  const locale = supported(catalogue?.locale ?? 'en');
  const numbers = new Intl.NumberFormat(locale, { useGrouping: false });
  const plurals = new Intl.PluralRules(locale);
  const englishPlurals = new Intl.PluralRules('en');
  const form = (message: Message, count: unknown, rules: Intl.PluralRules): string =>
    typeof message === 'string' ? message : (message[rules.select(Number(count))] ?? message.other);
  return {
    locale,
    say(key, ...[values]) {
      const given: Readonly<Record<string, string | number>> = values ?? {};
      const own = catalogue?.messages[key];
      const text =
        own === undefined ? form(english[key], given['count'], englishPlurals) : form(own, given['count'], plurals);
      return text.replaceAll(/\{(\w+)\}/g, (hole, name: string) => {
        const value = given[name];
        if (value === undefined) return hole;
        return typeof value === 'number' ? numbers.format(value) : value;
      });
    },
    problem(problem) {
      const words = problem.code === undefined ? undefined : catalogue?.problems?.[problem.code];
      return words ? { ...problem, ...words } : problem;
    },
  };
}

function supported(locale: string): string {
  try {
    return Intl.getCanonicalLocales(locale)[0] ?? 'en';
  } catch {
    return 'en';
  }
}
