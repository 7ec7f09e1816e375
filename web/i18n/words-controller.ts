/** How the parts of an element find its words: they ask upwards when they come onto the page. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { MessageKey, Values } from './message.ts';
import { createWords, type Words } from './words.ts';

const ASK = 'gridcast-words';
const ENGLISH = createWords();

type Host = ReactiveControllerHost & HTMLElement;

/** For a part: `readonly #words = new WordsUser(this)`, then `this.#words.say('…')`. Without a provider above it speaks English. */
export class WordsUser implements ReactiveController {
  readonly #host: Host;
  #provider: WordsProvider | undefined;

  constructor(host: Host) {
    this.#host = host;
    host.addController(this);
  }

  get words(): Words {
    return this.#provider?.words ?? ENGLISH;
  }

  say<Key extends MessageKey>(key: Key, ...values: Values<Key>): string {
    return this.words.say(key, ...values);
  }

  /** The provider has answered. */
  follow(provider: WordsProvider): void {
    this.#provider = provider;
    this.wordsChanged();
  }

  /** The provider speaks another language now. */
  wordsChanged(): void {
    this.#host.requestUpdate();
  }

  hostConnected(): void {
    this.#host.dispatchEvent(new CustomEvent<WordsUser>(ASK, { detail: this, bubbles: true, composed: true }));
  }

  hostDisconnected(): void {
    this.#provider?.forget(this);
    this.#provider = undefined;
  }
}

/** For the outermost element: answers its parts, and itself. */
export class WordsProvider implements ReactiveController {
  readonly #host: Host;
  readonly #users = new Set<WordsUser>();
  #words: Words = ENGLISH;

  constructor(host: Host) {
    this.#host = host;
    host.addController(this);
  }

  get words(): Words {
    return this.#words;
  }

  /** Speaks these from now on, everywhere. */
  set words(words: Words) {
    this.#words = words;
    for (const user of this.#users) user.wordsChanged();
    this.#host.requestUpdate();
  }

  say<Key extends MessageKey>(key: Key, ...values: Values<Key>): string {
    return this.#words.say(key, ...values);
  }

  /** The part has left the page. */
  forget(user: WordsUser): void {
    this.#users.delete(user);
  }

  hostConnected(): void {
    this.#host.addEventListener(ASK, this.#answer);
  }

  hostDisconnected(): void {
    this.#host.removeEventListener(ASK, this.#answer);
  }

  readonly #answer = (event: Event): void => {
    if (!(event instanceof CustomEvent) || !(event.detail instanceof WordsUser)) return;
    event.stopPropagation();
    this.#users.add(event.detail);
    event.detail.follow(this);
  };
}
