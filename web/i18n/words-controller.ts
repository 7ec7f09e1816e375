/** How the parts of an element find its words: they ask upwards when they come onto the page. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { AskedLanguage } from './asked-language.ts';
import type { LanguageTag } from './languages.ts';
import type { AdminKey, Catalogue, MessageKey, Values } from './message.ts';
import { createWords, type Words } from './words.ts';

/** The question, which rises until somebody answers: a CustomEvent whose detail is the WordsUser that asks. */
export const ASK_FOR_WORDS = 'gridcast-words';
const ENGLISH = createWords();

type Host = ReactiveControllerHost & HTMLElement;

/** What a person can change, where the page lets them. */
export interface LanguageChoice {
  /** The one that holds. */
  readonly language: LanguageTag;
  /** Speaks another one at once, and on this device from now on. Never rejects. */
  choose(language: LanguageTag): Promise<void>;
}

/** Whoever answers. */
export interface WordsSource {
  /** Those of the admin page are there where the page has brought them. */
  readonly words: Words<AdminKey>;
  /** Undefined where the language is not the person's to choose. */
  readonly choice: LanguageChoice | undefined;
  /** The part has left the page. */
  forget(user: WordsUser): void;
}

/**
 * For a part: `readonly #words = new WordsUser(this)`, then `this.#words.say('…')`. Without a source above it speaks English. Parts
 * of the admin page alone make a `WordsUser<AdminKey>`.
 */
export class WordsUser<Keys extends AdminKey = MessageKey> implements ReactiveController {
  readonly #host: Host;
  readonly #changed: () => void;
  #source: WordsSource | undefined;

  /** @param changed is called whenever the words are others; the host is drawn again without it. */
  constructor(host: Host, changed = (): void => host.requestUpdate()) {
    this.#host = host;
    this.#changed = changed;
    host.addController(this);
  }

  get words(): Words<Keys> {
    return this.#source?.words ?? ENGLISH;
  }

  get choice(): LanguageChoice | undefined {
    return this.#source?.choice;
  }

  say<Key extends Keys>(key: Key, ...values: Values<Key>): string {
    return this.words.say(key, ...values);
  }

  /** The source has answered. */
  follow(source: WordsSource): void {
    this.#source = source;
    this.wordsChanged();
  }

  /** The source speaks another language now. */
  wordsChanged(): void {
    this.#changed();
  }

  hostConnected(): void {
    this.#host.dispatchEvent(
      new CustomEvent<WordsUser>(ASK_FOR_WORDS, { detail: this, bubbles: true, composed: true }),
    );
  }

  hostDisconnected(): void {
    this.#source?.forget(this);
    this.#source = undefined;
  }
}

/**
 * For an outermost element: answers its parts, and itself. It speaks its catalogue, else the shipped language that its attribute `lang`
 * names, else as the page around it does, else English; `lang` then tells which it is.
 */
export class WordsProvider implements ReactiveController, WordsSource {
  readonly #host: Host;
  readonly #users = new Set<WordsUser>();
  readonly #around: WordsUser<AdminKey>;
  readonly #asked: AskedLanguage;
  #own: Words<AdminKey> | undefined;
  #listens = false;
  #drawn = false;

  constructor(host: Host) {
    this.#host = host;
    this.#around = new WordsUser<AdminKey>(host, () => this.#tell());
    this.#asked = new AskedLanguage(host, () => this.#tell());
    host.addController(this);
  }

  get words(): Words<AdminKey> {
    return this.#own ?? this.#asked.words ?? this.#around.words;
  }

  get choice(): LanguageChoice | undefined {
    return (this.#own ?? this.#asked.words) ? undefined : this.#around.choice;
  }

  /** Speaks it from now on, everywhere; undefined: none of its own. */
  speak(catalogue: Catalogue | undefined): void {
    this.#own = catalogue && createWords(catalogue);
    this.#tell();
  }

  say<Key extends MessageKey>(key: Key, ...values: Values<Key>): string {
    return this.words.say(key, ...values);
  }

  /** Draws the host, at first not before the language that it is asked for is there: nobody sees another one flash. */
  draw(update: () => void | Promise<unknown>): void | Promise<unknown> {
    const { coming } = this.#asked;
    const waits = coming !== undefined && !this.#drawn;
    this.#drawn = true;
    return waits ? coming.then(update) : update();
  }

  forget(user: WordsUser): void {
    this.#users.delete(user);
  }

  hostConnected(): void {
    this.#host.addEventListener(ASK_FOR_WORDS, this.#answer);
    this.#asked.begin();
    this.#listens = true;
    this.#name();
  }

  hostDisconnected(): void {
    this.#host.removeEventListener(ASK_FOR_WORDS, this.#answer);
    this.#asked.end();
    this.#listens = false;
  }

  #tell(): void {
    this.#name();
    for (const user of this.#users) user.wordsChanged();
    this.#host.requestUpdate();
  }

  /** For voices, hyphens and quotation marks, whatever the page around this is written in. */
  #name(): void {
    if (this.#listens && this.#asked.coming === undefined) this.#asked.answer(this.words.locale);
  }

  readonly #answer = (event: Event): void => {
    // Its own question is for those above.
    if (!(event instanceof CustomEvent) || !(event.detail instanceof WordsUser) || event.detail === this.#around)
      return;
    event.stopPropagation();
    this.#users.add(event.detail);
    event.detail.follow(this);
  };
}
