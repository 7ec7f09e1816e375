/** `<gridcast-contacts>`: who has an account here, who is there, and calls. */
// Before anything makes a schema.
import '../transport/zod-without-eval.ts';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { ContactPerson } from '../../src/protocol/contacts.ts';
import { reasonIn } from '../api-client.ts';
import { ContactsClient } from '../contacts-client.ts';
import { CallNotice } from '../controllers/call-notice.ts';
import type { CallWay } from '../controllers/contacts-book.ts';
import { ContactsDesk } from '../controllers/contacts-desk.ts';
import { handsOn } from '../controllers/focus-heir.ts';
import { PeopleList } from '../controllers/people-list.ts';
import { RowFocus } from '../controllers/row-focus.ts';
import type { Catalogue } from '../i18n/message.ts';
import { WordsProvider } from '../i18n/words-controller.ts';
import { buttons, fields, surfaces } from '../styles/controls.ts';
import { peopleList } from '../styles/people.ts';
import { tokens } from '../styles/tokens.ts';
import { beginCallVisit, type CallLeft } from '../util/call-visit.ts';
import { roomPath } from '../util/links.ts';
import type { CallWish } from './call-dialog.ts';
import './call-dialog.ts';
import './call-history.ts';
import { contactsNotices } from './contacts-notices.ts';
import { contactsStyles } from './contacts-styles.ts';
import { icons } from './icons.ts';
import './notice.ts';
import { peopleSearch } from './people-search.ts';
import { personSign, personSignStyles } from './person-sign.ts';

/** Goes to the room of a call by itself, unless a listener of `gridcast-call` (detail: CallWay) prevents that. */
@customElement('gridcast-contacts')
export class GridcastContacts extends LitElement {
  static override styles = [tokens, buttons, fields, surfaces, personSignStyles, peopleList, contactsStyles];

  /** Origin of the server. */
  @property() server = location.origin;
  /** Token of whoever has signed in. */
  @property() token = '';
  /** A call that this tab has left a moment ago. */
  @property({ attribute: false }) left: CallLeft | undefined;
  /** Where one signs in. */
  @property() signIn = '/sign-in';
  /** Sentences in another language; undefined: English. */
  @property({ attribute: false }) catalogue: Catalogue | undefined;
  @state() private phase: 'asking' | 'off' | 'signed-out' | 'in' | 'failed' = 'asking';
  @state() private trouble: unknown;
  @state() private revision = 0;
  @state() private mayNotify = false;
  protected readonly rowFocus = new RowFocus(this, { last: '.search input' });
  readonly #words = new WordsProvider(this);
  readonly #notice = new CallNotice();
  #client = new ContactsClient(location.origin);
  #desk: ContactsDesk | undefined;
  #people: PeopleList | undefined;
  #camera = true;

  override connectedCallback(): void {
    super.connectedCallback();
    // Put somewhere else in its page.
    if (this.hasUpdated) void this.#begin();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#end();
  }

  protected override scheduleUpdate(): void | Promise<unknown> {
    return this.#words.draw(() => super.scheduleUpdate());
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('catalogue')) this.#words.speak(this.catalogue);
    if (changed.has('server') || changed.has('token')) void this.#begin();
  }

  override updated(): void {
    const missed = this.#desk?.book.missed ?? 0;
    const title = document.title.replace(/^\(\d+\) /, '');
    document.title = missed > 0 ? `(${missed}) ${title}` : title;
    this.#watch();
  }

  override render(): TemplateResult {
    switch (this.phase) {
      case 'asking':
        return html`<p class="wait" role="status"><span class="spinner"></span>${this.#words.say('contacts.opening')}</p>`;
      case 'off':
        return this.#sorry('contacts.off', 'contacts.offDetail', nothing);
      case 'signed-out':
        return this.#sorry(
          'contacts.signIn',
          'contacts.signInDetail',
          html`<a class="button primary" href=${this.#at(this.signIn)}>${this.#words.say('contacts.signInButton')}</a>`,
        );
      case 'failed':
        return html`<div class="page">
          <gridcast-notice tone="error" heading=${this.#words.say('contacts.failed')}>
            ${reasonIn(this.#words.words, this.trouble)}
            <button slot="actions" class="button small" type="button" @click=${this.#retry}>
              ${this.#words.say('contacts.retry')}
            </button>
          </gridcast-notice>
        </div>`;
      case 'in':
        return this.#contacts();
    }
  }

  #contacts(): TemplateResult {
    const desk = this.#desk;
    const book = desk?.book;
    return html`<div class="page">
        <header>
          <h1>${this.#words.say('contacts.title')}</h1>
          ${book?.user ? html`<p class="lead">${this.#words.say('contacts.you', { name: book.user.name })}</p>` : nothing}
        </header>
        ${contactsNotices(
          { desk, left: this.left, mayNotify: this.mayNotify, retry: this.#retry, askToNotify: this.#askToNotify },
          this.#words.words,
        )}
        <div class="columns">
          <section class="card" aria-label=${this.#words.say('contacts.title')}>${this.#list()}</section>
          <gridcast-call-history
            class="card"
            .client=${this.#client}
            .revision=${book?.history ?? 0}
            .missed=${book?.missed ?? 0}
            @gridcast-redial=${(event: CustomEvent<string>) => desk?.call(event.detail)}
            @gridcast-seen=${() => desk?.seen()}
          ></gridcast-call-history>
        </div>
      </div>
      <gridcast-call-dialog
        .ringing=${book?.ringing}
        .outcome=${book?.outcome}
        ?going=${desk?.going ?? false}
        @gridcast-call-wish=${this.#onWish}
      ></gridcast-call-dialog>`;
  }

  #list(): TemplateResult {
    const people = this.#others();
    return html`${peopleSearch(this.#words.words, (wanted) => this.#people?.search(wanted))}
      ${
        this.#people?.error === undefined
          ? nothing
          : html`<gridcast-notice tone="error" heading=${this.#words.say('contacts.failed')}>
              ${reasonIn(this.#words.words, this.#people.error)}
              <button slot="actions" class="button small" type="button" @click=${() => this.#people?.load()}>
                ${this.#words.say('contacts.retry')}
              </button>
            </gridcast-notice>`
      }
      ${people?.length === 0 ? this.#nobody() : nothing}
      <ul>
        ${repeat(
          people ?? [],
          ({ id }) => id,
          (person) => this.#row(person),
        )}
      </ul>
      ${
        this.#people?.hasMore
          ? html`<button class="button small more" type="button" @click=${() => this.#people?.more()} ${handsOn()}>
              ${this.#words.say('contacts.more')}
            </button>`
          : nothing
      }`;
  }

  #row(person: ContactPerson): TemplateResult {
    const { id, name } = person;
    const presence = this.#desk?.book.presenceOf(id) ?? 'offline';
    const label = this.#desk?.book.running === undefined ? 'contacts.call' : 'contacts.add';
    return html`<li>
      ${personSign(person, presence)}
      <div class="about">
        <p class="name" dir="auto">${name}</p>
        <p class="state ${presence}">${this.#words.say(`presence.${presence}`)}</p>
      </div>
      <button
        class="button round ${presence === 'online' ? 'primary' : ''}"
        type="button"
        aria-label=${this.#words.say(label, { name })}
        ?disabled=${this.#desk?.state !== 'open'}
        @click=${() => this.#desk?.call(id)}
      >
        ${icons.phone}
      </button>
    </li>`;
  }

  #nobody(): TemplateResult {
    const searching = this.#people?.words.trim() !== '';
    return html`<div class="empty">
      <span>${icons.people}</span>
      <p class="strong">${this.#words.say(searching ? 'contacts.noMatch' : 'contacts.none')}</p>
      <p>${this.#words.say(searching ? 'contacts.noMatchHint' : 'contacts.noneHint')}</p>
    </div>`;
  }

  #sorry(
    title: 'contacts.off' | 'contacts.signIn',
    detail: 'contacts.offDetail' | 'contacts.signInDetail',
    action: TemplateResult | typeof nothing,
  ): TemplateResult {
    return html`<div class="page">
      <div class="card sorry">
        <span class="mark">${icons.people}</span>
        <h1>${this.#words.say(title)}</h1>
        <p>${this.#words.say(detail)}</p>
        <div class="actions">
          ${action}
          <a class="button ${action === nothing ? 'primary' : 'quiet'}" href=${this.#at('/')}>
            ${this.#words.say('contacts.startRoom')}
          </a>
        </div>
      </div>
    </div>`;
  }

  async #begin(): Promise<void> {
    this.#end();
    this.phase = 'asking';
    const client = new ContactsClient(this.server, this.token);
    this.#client = client;
    try {
      const { user, accounts } = await client.session();
      if (client !== this.#client || !this.isConnected) return;
      if (user) this.#enter(client);
      else this.phase = accounts.enabled ? 'signed-out' : 'off';
    } catch (error) {
      if (client !== this.#client) return;
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    // A session that has ended is no fault: one signs in again.
    const status = error instanceof Error && 'status' in error ? error.status : 0;
    this.phase = status === 401 ? 'signed-out' : 'failed';
    this.trouble = error;
  }

  #enter(client: ContactsClient): void {
    this.phase = 'in';
    this.mayNotify = this.#notice.undecided;
    const people = new PeopleList(
      (words, cursor) => client.people(words, cursor),
      () => this.#changed(),
    );
    this.#people = people;
    void people.load();
    this.#desk = new ContactsDesk({
      server: this.server,
      token: this.token,
      left: this.left?.call ?? '',
      changed: () => this.#onDesk(),
      onGo: (way) => this.#go(way),
      onRing: ({ person }) => this.#notice.tell(person.name, this.#words.words),
    });
  }

  #onDesk(): void {
    if (this.#desk?.state === 'signed-out') {
      this.#end();
      this.phase = 'signed-out';
    }
    if (this.#desk?.book.ringing === undefined) this.#notice.close();
    this.#people?.follow(this.#desk?.book.people ?? 0);
    this.#changed();
  }

  #go(way: CallWay): void {
    const name = this.#desk?.book.user?.name ?? '';
    beginCallVisit(way.room, { call: way.call, name, camera: this.#camera });
    const event = new CustomEvent<CallWay>('gridcast-call', {
      detail: way,
      cancelable: true,
      bubbles: true,
      composed: true,
    });
    if (this.dispatchEvent(event)) location.assign(this.#at(roomPath('join', way.room, way.token)));
  }

  readonly #onWish = ({ detail: { type, camera } }: CustomEvent<CallWish>): void => {
    const desk = this.#desk;
    if (!desk) return;
    const { ringing, outcome } = desk.book;
    if (type === 'dismiss') desk.dismiss();
    else if (type === 'again' && outcome) desk.call(outcome.person.id);
    else if (ringing && type !== 'again') {
      if (type === 'accept') this.#camera = camera;
      desk.answer(type, ringing.call);
    }
  };

  readonly #askToNotify = (): void => {
    void this.#notice.ask().then(() => {
      this.mayNotify = false;
    });
  };

  readonly #retry = (): void => void this.#begin();

  /** All but oneself; undefined before they are known. */
  #others(): readonly ContactPerson[] | undefined {
    const own = this.#desk?.book.user?.id;
    return this.#people?.people?.filter(({ id }) => id !== own);
  }

  #watch(): void {
    const people = this.#others();
    if (people && this.#desk?.state === 'open') this.#desk.watch(people.map(({ id }) => id));
  }

  #at(path: string): string {
    return new URL(path, this.server).href;
  }

  #end(): void {
    this.#notice.close();
    this.#desk?.close();
    this.#desk = undefined;
    this.#people?.close();
    this.#people = undefined;
  }

  /** Lit draws once for all changes of a turn. */
  #changed(): void {
    this.revision += 1;
  }
}
