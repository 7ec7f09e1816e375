/** `<gridcast-call-add-dialog>`: in a call, who else is to come. */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { ContactPerson } from '../../src/protocol/contacts.ts';
import { reasonIn } from '../api-client.ts';
import { ContactsClient } from '../contacts-client.ts';
import { CallAdding, type CallContacts } from '../controllers/call-adding.ts';
import type { CallOutcome } from '../controllers/contacts-book.ts';
import { PeopleList } from '../controllers/people-list.ts';
import { handsOn } from '../controllers/focus-heir.ts';
import { RowFocus } from '../controllers/row-focus.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { buttons, fields } from '../styles/controls.ts';
import { dialogs } from '../styles/dialog.ts';
import { toolButtons } from '../styles/panel.ts';
import { peopleList, rings } from '../styles/people.ts';
import { inherited } from '../styles/tokens.ts';
import { outcomeWords } from '../util/call-words.ts';
import { callAddStyles } from './call-add-styles.ts';
import { icons } from './icons.ts';
import './notice.ts';
import { peopleSearch } from './people-search.ts';
import { personSign, personSignStyles } from './person-sign.ts';

/** `open()` shows it. Sends `gridcast-invite` when a link is wanted instead, and `gridcast-said` with a sentence for whoever does not look. */
@customElement('gridcast-call-add-dialog')
export class GridcastCallAddDialog extends LitElement {
  static override styles = [
    inherited,
    buttons,
    fields,
    dialogs,
    toolButtons,
    personSignStyles,
    peopleList,
    rings,
    callAddStyles,
  ];

  @property() server = location.origin;
  @property({ attribute: false }) contacts: CallContacts | undefined;
  /** Ids of who is in the room. */
  @property({ attribute: false }) here: readonly string[] = [];
  @state() private revision = 0;
  @query('dialog') private dialog!: HTMLDialogElement;
  protected readonly rowFocus = new RowFocus(this, { last: '.search input' });
  readonly #words = new WordsUser(this);
  #adding: CallAdding | undefined;
  #people: PeopleList | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#adding?.close();
    this.#people?.close();
  }

  /** Without contacts nothing happens. */
  open(): void {
    const { contacts, server } = this;
    if (!contacts || this.dialog.open) return;
    const client = new ContactsClient(server, contacts.token);
    this.#people?.close();
    this.#people = new PeopleList(
      (words, cursor) => client.people(words, cursor),
      () => this.#changed(),
    );
    void this.#people.load();
    if (this.#adding?.closed === false) this.#adding.resume();
    else {
      this.#adding = new CallAdding({
        ...contacts,
        server,
        changed: () => {
          this.#people?.follow(this.#adding?.book.people ?? 0);
          this.#changed();
        },
        onAnswer: () => this.dialog.close(),
        onMiss: (outcome) => this.#say(outcome),
      });
    }
    this.#changed();
    this.dialog.showModal();
  }

  override updated(): void {
    const people = this.#others();
    if (people && this.#adding?.closed === false) this.#adding.watch(people.map(({ id }) => id));
  }

  override render(): TemplateResult {
    return html`<dialog aria-labelledby="heading" @close=${this.#onClose}>
      <form class="top" method="dialog">
        <h2 id="heading">${this.#words.say('callAdd.title')}</h2>
        <button class="tool large" aria-label=${this.#words.say('callAdd.close')}>${icons.close}</button>
      </form>
      ${this.#ring()} ${this.#notices()}
      ${peopleSearch(this.#words.words, (wanted) => this.#people?.search(wanted))}
      ${this.#list()}
    </dialog>`;
  }

  /** What rings, or what became of it. */
  #ring(): TemplateResult | typeof nothing {
    const ringing = this.#adding?.ringing;
    const outcome = this.#adding?.book.outcome;
    const person = ringing?.person ?? outcome?.person;
    if (!person) return nothing;
    const { name } = person;
    const became = outcome && outcomeWords(outcome);
    return html`<div class="ring" role="status">
      <span class=${ringing ? 'rings' : ''}>${personSign(person)}</span>
      <div class="about">
        <p class="name">${this.#words.say(!ringing && became ? became : 'call.outgoing', { name })}</p>
        <p class="state">${this.#words.say(!ringing && became ? `${became}Hint` : 'callAdd.ringing')}</p>
      </div>
      ${
        ringing
          ? html`<button class="button small danger" type="button" @click=${() => this.#adding?.cancel()} ${handsOn()}>
              ${icons.hangUp} ${this.#words.say('call.cancel')}
            </button>`
          : html`<button class="button small" type="button" @click=${() => this.#adding?.dismiss()} ${handsOn()}>
              ${this.#words.say('callAdd.dismiss')}
            </button>`
      }
    </div>`;
  }

  #notices(): TemplateResult | typeof nothing {
    const adding = this.#adding;
    if (adding?.state === 'signed-out') {
      return html`<gridcast-notice tone="warning" heading=${this.#words.say('callAdd.signedOut')}>
        ${this.#words.say('callAdd.signedOutHint')}
        <a slot="actions" class="button small" href=${new URL('/sign-in', this.server).href} target="_blank">
          ${this.#words.say('contacts.signInButton')}
        </a>
      </gridcast-notice>`;
    }
    if (adding?.state === 'lost' || adding?.state === 'refused') {
      return html`<gridcast-notice tone="warning" heading=${this.#words.say('contacts.lost')}>
        ${this.#words.say('callAdd.lostHint')}
      </gridcast-notice>`;
    }
    const trouble = adding?.book.trouble;
    if (!trouble) return nothing;
    return html`<gridcast-notice tone="error" heading=${this.#words.say('call.refused')}>
      ${this.#words.words.problem(trouble).detail}
    </gridcast-notice>`;
  }

  #list(): TemplateResult {
    const people = this.#others();
    const error = this.#people?.error;
    return html`${
      error === undefined
        ? nothing
        : html`<gridcast-notice tone="error" heading=${this.#words.say('contacts.failed')}>
              ${reasonIn(this.#words.words, error)}
              <button slot="actions" class="button small" type="button" @click=${() => void this.#people?.load()}>
                ${this.#words.say('contacts.retry')}
              </button>
            </gridcast-notice>`
    }
      ${
        people || error !== undefined
          ? nothing
          : html`<p class="wait" role="status">${this.#words.say('callAdd.loading')}</p>`
      }
      ${people?.length === 0 ? this.#nobody() : nothing}
      <ul>
        ${repeat(
          people ?? [],
          ({ id }) => id,
          (person) => this.#row(person),
        )}
        ${this.#byLink()}
      </ul>
      ${
        this.#people?.hasMore
          ? html`<button class="button small more" type="button" @click=${() => void this.#people?.more()} ${handsOn()}>
              ${this.#words.say('contacts.more')}
            </button>`
          : nothing
      }`;
  }

  #nobody(): TemplateResult {
    const searching = this.#people?.words.trim() !== '';
    return html`<div class="nobody">
      <p class="name">${this.#words.say(searching ? 'contacts.noMatch' : 'contacts.none')}</p>
      <p class="state">${this.#words.say(searching ? 'contacts.noMatchHint' : 'contacts.noneHint')}</p>
    </div>`;
  }

  #row(person: ContactPerson): TemplateResult {
    const { id, name } = person;
    const adding = this.#adding;
    const presence = adding?.book.presenceOf(id) ?? 'offline';
    const here = this.here.includes(id);
    return html`<li>
      ${personSign(person, presence)}
      <div class="about">
        <p class="name" dir="auto">${name}</p>
        <p class="state ${here ? 'online' : presence}">
          ${this.#words.say(here ? 'callAdd.here' : `presence.${presence}`)}
        </p>
      </div>
      ${
        here
          ? html`<span class="here">${icons.check}</span>`
          : html`<button
              class="button round ${presence === 'online' ? 'primary' : ''}"
              type="button"
              aria-label=${this.#words.say('contacts.add', { name })}
              ?disabled=${adding?.state !== 'open' || adding.ringing !== undefined}
              @click=${() => adding?.add(id)}
            >
              ${icons.phone}
            </button>`
      }
    </li>`;
  }

  #byLink(): TemplateResult {
    return html`<li>
      <span class="sign guest">${icons.link}</span>
      <div class="about">
        <p class="name">${this.#words.say('callAdd.link')}</p>
        <p class="state">${this.#words.say('callAdd.linkHint')}</p>
      </div>
      <button
        class="button round"
        type="button"
        aria-label=${this.#words.say('callAdd.linkButton')}
        @click=${() => {
          this.dialog.close();
          this.dispatchEvent(new CustomEvent('gridcast-invite'));
        }}
      >
        ${icons.link}
      </button>
    </li>`;
  }

  #say(outcome: CallOutcome): void {
    const detail = this.#words.say(outcomeWords(outcome), { name: outcome.person.name });
    this.dispatchEvent(new CustomEvent<string>('gridcast-said', { detail }));
  }

  /** All but oneself; undefined before they are known. */
  #others(): readonly ContactPerson[] | undefined {
    return this.#people?.people?.filter(({ id }) => id !== this.contacts?.user);
  }

  readonly #onClose = (): void => this.#adding?.rest();

  /** Lit draws once for all changes of a turn. */
  #changed(): void {
    this.revision += 1;
  }
}
