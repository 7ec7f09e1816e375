/** The language of a page of the server itself. */
import { recall, remember } from '../util/page-storage.ts';
import { loadWords } from './asked-language.ts';
import type { MoreWords } from './catalogue-parts.ts';
import { chooseLanguage, type Language, type LanguageTag, shippedLanguage } from './languages.ts';
import type { AdminKey, MessageKey } from './message.ts';
import { createWords, type Words } from './words.ts';
import { ASK_FOR_WORDS, type LanguageChoice, type WordsSource, WordsUser } from './words-controller.ts';

const KEPT = 'gridcast.language';
/** In the address. */
const ASKED = 'lang';

/** What a tab is called while the page has no name of its own. */
export type TitleKey = Extract<
  MessageKey,
  'contacts.title' | 'page.admin' | 'page.missing' | 'page.recording' | 'page.watch' | 'room.untitled' | 'signIn.title'
>;

/** Answers whoever asks on this page for words and has no source nearer by. */
export class PageLanguage implements WordsSource, LanguageChoice {
  readonly #users = new Set<WordsUser>();
  readonly #listeners: ((words: Words) => void)[] = [];
  #language: LanguageTag = 'en';
  readonly #more: MoreWords | undefined;
  #words = createWords();
  #change = 0;

  private constructor(more: MoreWords | undefined) {
    this.#more = more;
  }

  /**
   * Resolves once the words are there; elements that are made then are never seen in another language. Never rejects.
   * @param more what this page alone has to say
   */
  static async begin(more?: MoreWords): Promise<PageLanguage> {
    const page = new PageLanguage(more);
    await page.#speak(wanted(recall('local', KEPT)));
    document.addEventListener(ASK_FOR_WORDS, page.#answer);
    // In another tab; and on the page that one came back from.
    window.addEventListener('storage', ({ key }) => {
      if (key === KEPT) page.#catchUp();
    });
    window.addEventListener('pageshow', ({ persisted }) => {
      if (persisted) page.#catchUp();
    });
    return page;
  }

  get words(): Words<AdminKey> {
    return this.#words;
  }

  get choice(): LanguageChoice {
    return this;
  }

  get language(): LanguageTag {
    return this.#language;
  }

  async choose(tag: LanguageTag): Promise<void> {
    remember('local', KEPT, tag);
    const url = new URL(location.href);
    // Whoever chooses has the last word, also when this page is loaded again.
    if (url.searchParams.has(ASKED)) {
      url.searchParams.delete(ASKED);
      history.replaceState(history.state, '', url);
    }
    const language = shippedLanguage(tag);
    if (language) await this.#speak(language);
  }

  /** Calls `listener` now and whenever the words are others. */
  follow(listener: (words: Words) => void): void {
    this.#listeners.push(listener);
    listener(this.#words);
  }

  /** Names the tab, until something else gives it a name of its own. */
  title(key: TitleKey): void {
    let before = document.title;
    this.follow(({ say }) => {
      const title = `${say(key)} · Gridcast`;
      // A number may stand before it; a room may be called as the end of it is.
      const [number = ''] = /^\(\d+\) /.exec(document.title) ?? [];
      if (document.title === number + before) document.title = number + title;
      before = title;
    });
  }

  forget(user: WordsUser): void {
    this.#users.delete(user);
  }

  /** Another language may have been chosen elsewhere. Where nothing is kept, what was chosen here holds. */
  #catchUp(): void {
    const kept = recall('local', KEPT);
    if (kept === '') return;
    const language = wanted(kept);
    if (language.tag !== this.#language) void this.#speak(language);
  }

  async #speak(language: Language & { readonly tag: LanguageTag }): Promise<void> {
    this.#change += 1;
    const change = this.#change;
    const words = await loadWords(language, this.#more);
    // Meanwhile another one may have been chosen.
    if (change !== this.#change) return;
    // One whose sentences cannot be had changes nothing but the choice, which goes back to what is spoken.
    if (words.locale === language.tag) {
      this.#words = words;
      this.#language = language.tag;
    }
    document.documentElement.lang = this.#words.locale;
    for (const listener of this.#listeners) listener(this.#words);
    for (const user of this.#users) user.wordsChanged();
  }

  readonly #answer = (event: Event): void => {
    if (!(event instanceof CustomEvent) || !(event.detail instanceof WordsUser)) return;
    this.#users.add(event.detail);
    event.detail.follow(this);
  };
}

/** What the address asks for goes before what is kept: as it would be if the page were loaded again. */
function wanted(kept: string): ReturnType<typeof chooseLanguage> {
  const asked = new URL(location.href).searchParams.get(ASKED) ?? '';
  return chooseLanguage({ asked, kept, preferred: navigator.languages });
}
