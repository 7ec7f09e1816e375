/** What a catalogue holds, and what a sentence asks for. */
import type { adminEnglish } from './admin-english.ts';
import type { english } from './english.ts';
import type { Message } from './sentence.ts';

/** Names every sentence of the pages that participants, viewers and callers see. */
export type MessageKey = keyof typeof english;

/** Names every sentence that the admin page says: its own, and those of the parts that it shares with other pages. */
export type AdminKey = MessageKey | keyof typeof adminEnglish;

/** English sentences by their keys. */
export type EnglishSentences = Readonly<Partial<Record<AdminKey, Message>>>;

type NamesIn<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never;
type NamesOf<M> = M extends string ? NamesIn<M> : NamesIn<M[keyof M]>;
type Names<Key extends AdminKey> = NamesOf<(typeof english & typeof adminEnglish)[Key]>;

/** What has to be given with a key: nothing, or exactly the names in its English sentence; `count` is a number. */
export type Values<Key extends AdminKey> = [Names<Key>] extends [never]
  ? readonly []
  : readonly [{ readonly [Name in Names<Key>]: Name extends 'count' ? number : string | number }];

/**
 * What goes wrong, in words. `{detail}` is the English sentence, `{wait}` for how long one waits, such as `9 seconds`, and what else can be
 * filled in the problem's `values` tell.
 */
export interface ProblemWords {
  readonly title: string;
  readonly detail: string;
  /** The button that tries again. */
  readonly action?: string;
}

/** Sentences in another language; what is missing stays English. */
export interface Catalogue<Keys extends AdminKey = MessageKey> {
  /** BCP 47, for example `de-CH`: rules for plurals and numbers. */
  readonly locale: string;
  readonly messages: Readonly<Partial<Record<Keys, Message>>>;
  /** What goes wrong, by `Problem.code`; what a server says, by `api.` or `notice.` with its code. */
  readonly problems?: Readonly<Record<string, ProblemWords>>;
}
