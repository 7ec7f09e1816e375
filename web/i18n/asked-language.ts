/** The language that an element's attribute `lang` asks for. */
import type { MoreWords } from './catalogue-parts.ts';
import { english } from './english.ts';
import { type Language, shippedLanguage } from './languages.ts';
import type { AdminKey } from './message.ts';
import { createWords, type Words } from './words.ts';

/** Follows the attribute from `begin` to `end`. What `answer` writes into it is no question. */
export class AskedLanguage {
  readonly #host: HTMLElement;
  readonly #changed: () => void;
  readonly #observer = new MutationObserver(() => this.#look());
  #answered = '';
  #words: Words<AdminKey> | undefined;
  #coming: Promise<void> | undefined;

  /** @param changed is called whenever `words` is another. */
  constructor(host: HTMLElement, changed: () => void) {
    this.#host = host;
    this.#changed = changed;
  }

  /** Undefined when none is asked for, or none that is shipped. */
  get words(): Words<AdminKey> | undefined {
    return this.#words;
  }

  /** Settles when the words are there; undefined while none are on their way. */
  get coming(): Promise<void> | undefined {
    return this.#coming;
  }

  begin(): void {
    this.#observer.observe(this.#host, { attributeFilter: ['lang'] });
    this.#look();
  }

  end(): void {
    this.#observer.disconnect();
  }

  /** Writes down what is spoken, BCP 47. */
  answer(locale: string): void {
    this.#answered = locale;
    if (this.#host.lang !== locale) this.#host.lang = locale;
  }

  #look(): void {
    const { lang } = this.#host;
    if (lang === this.#answered) return;
    this.#answered = lang;
    const language = shippedLanguage(lang);
    const coming = (language === undefined ? Promise.resolve(undefined) : loadWords(language)).then((words) => {
      if (this.#coming !== coming) return;
      this.#coming = undefined;
      this.#words = words;
      this.#changed();
    });
    this.#coming = coming;
  }
}

/** English when its sentences cannot be loaded. Never rejects. */
export async function loadWords({ tag, load }: Language, more?: MoreWords): Promise<Words<AdminKey>> {
  const { languages } = navigator;
  const sentences = { ...english, ...more?.english };
  try {
    const [catalogue, own] = await Promise.all([load?.(), more?.load(tag)]);
    const { messages, problems } = catalogue ?? {};
    const whole = catalogue && {
      ...catalogue,
      messages: { ...messages, ...own?.messages },
      problems: { ...problems, ...own?.problems },
    };
    return createWords(whole, languages, sentences);
  } catch {
    return createWords(undefined, languages, sentences);
  }
}
