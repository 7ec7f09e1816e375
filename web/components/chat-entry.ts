/** One message of the chat, as it is drawn. */
import { html, nothing, type TemplateResult } from 'lit';
import type { ChatEntry } from '../../src/protocol/chat.ts';
import type { PendingMessage } from '../controllers/chat-book.ts';
import type { ChatDesk } from '../controllers/chat-desk.ts';
import type { Words } from '../i18n/words.ts';
import { callsFor, chatPieces } from '../util/chat-text.ts';
import type { Draft } from './chat-draft.ts';
import { icons } from './icons.ts';

/** Messages of one person within this time stand below one name. */
const TOGETHER_MS = 300_000;

/** What messages are drawn with. */
export interface EntryParts {
  readonly desk: ChatDesk;
  readonly words: Words;
  readonly time: Intl.DateTimeFormat;
  /** Turns the place where one writes to a message. */
  readonly write: (draft: Draft) => void;
}

/** A message; `before` is the one above it, if that is a message. */
export function chatEntry(entry: ChatEntry, before: ChatEntry | undefined, parts: EntryParts): TemplateResult {
  const { desk, words } = parts;
  const { author, at, deleted, edited, to } = entry;
  const same = before?.author.id === author.id && before.to?.id === to?.id;
  const joined = same && at - before.at < TOGETHER_MS && entry.replyTo === undefined;
  const own = author.id === desk.self;
  const calls = !own && !deleted && callsFor(entry.text, desk.name);
  return html`<li class="${joined ? '' : 'first'} ${calls ? 'calls' : ''} ${to ? 'private' : ''}">
    ${joined ? nothing : who(entry, own, parts)} ${quote(entry, parts)}
    ${
      deleted
        ? html`<p class="text deleted">${words.say('chat.deleted')}</p>`
        : html`<p class="text" dir="auto">${pieces(entry.text, desk.name)}${
            edited ? html` <span class="small">(${words.say('chat.edited')})</span>` : nothing
          }</p>`
    }
    ${deleted ? nothing : tools(entry, own, parts)}
  </li>`;
}

/** A message of one's own that has not arrived. */
export function pendingEntry(
  { key, text, problem, to }: PendingMessage,
  { desk, words }: EntryParts,
  giveUp: (key: string) => void,
): TemplateResult {
  return html`<li class="first pending ${to ? 'private' : ''}">
    ${to ? secret(words.say('chat.privateTo', { name: to.name })) : nothing}
    <p class="text" dir="auto">${text}</p>
    ${
      problem === undefined
        ? html`<p class="small" role="status">${words.say('chat.sending')}</p>`
        : html`<p class="error" role="alert">${words.say('chat.notSent', { reason: words.problem(problem).detail })}</p>
            <p>
              <button class="button small" type="button" ?disabled=${desk.waitS > 0} @click=${() => desk.retry(key)}>
                ${words.say('chat.again')}
              </button>
              <button class="button small" type="button" @click=${() => giveUp(key)}>${words.say('chat.delete')}</button>
            </p>`
    }
  </li>`;
}

/** Who is writing at this moment, in a line that is there always, so that nothing jumps. */
export function typingLine({ writing }: ChatDesk, words: Words): TemplateResult {
  const [first, second, ...more] = writing;
  let line = '';
  if (first && !second) {
    line = words.say(first.privately ? 'chat.writingPrivately' : 'chat.writing', { name: first.name });
  } else if (first && second && more.length === 0) {
    line = words.say('chat.writingTwo', { first: first.name, second: second.name });
  } else if (more.length > 0) line = words.say('chat.writingMany');
  return html`<p class="typing" dir="auto">${line}</p>`;
}

function who({ author, at, to }: ChatEntry, own: boolean, { words, time }: EntryParts): TemplateResult {
  const role =
    author.role === 'participant' ? nothing : html`<span class="role">${words.say(`chat.${author.role}`)}</span>`;
  const when = new Date(at);
  const whom = own ? words.say('chat.privateTo', { name: to?.name ?? '' }) : words.say('chat.privateFrom');
  return html`<p class="who">
      <b dir="auto">${own ? words.say('chat.you') : author.name}</b>${role}
      <time datetime=${when.toISOString()} title=${when.toLocaleString(words.dateLocale)}>${time.format(when)}</time>
    </p>
    ${to ? secret(whom) : nothing}`;
}

function secret(word: string): TemplateResult {
  return html`<p class="badge secret">${icons.eyeOff} ${word}</p>`;
}

function quote({ replyTo }: ChatEntry, { desk, words }: EntryParts): TemplateResult | typeof nothing {
  if (replyTo === undefined) return nothing;
  const answered = desk.book.find(replyTo);
  const text = answered
    ? `${answered.author.name}: ${answered.deleted ? words.say('chat.deleted') : answered.text}`
    : words.say('chat.gone');
  return html`<p class="quote" dir="auto">${text}</p>`;
}

function pieces(text: string, name: string): TemplateResult[] {
  return chatPieces(text, name).map((piece) => {
    if (piece.kind === 'link') {
      return html`<a href=${piece.href} target="_blank" rel="noopener noreferrer nofollow ugc">${piece.text}</a>`;
    }
    return piece.kind === 'mention' ? html`<mark>${piece.text}</mark>` : html`${piece.text}`;
  });
}

function tools(
  { id, author, to }: ChatEntry,
  own: boolean,
  { desk, words, write }: EntryParts,
): TemplateResult | typeof nothing {
  const { mayWrite, moderates } = desk;
  if (!mayWrite) return nothing;
  const button = (word: string, act: () => void): TemplateResult =>
    html`<button class="tool" type="button" @click=${act}>${word}</button>`;
  // What was said in private is answered in private.
  const other = to && (own ? to : { id: author.id, name: author.name });
  const aside = desk.privately && !own && !to && desk.people.some((person) => person.id === author.id);
  const person = { id: author.id, name: author.name };
  // Another text would be another private message.
  const changes = own && (!to || desk.privately);
  return html`<div class="tools">
    ${button(words.say('chat.reply'), () => write({ replyTo: id, to: other }))}
    ${aside ? button(words.say('chat.private'), () => write({ to: person })) : nothing}
    ${changes ? button(words.say('chat.edit'), () => write({ editing: id })) : nothing}
    ${own || moderates ? button(words.say('chat.delete'), () => desk.remove(id)) : nothing}
  </div>`;
}
