/** `<gridcast-call-history>`: whom one has called, who has called, and whom one has missed. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { reasonIn } from '../api-client.ts';
import type { ContactsClient } from '../contacts-client.ts';
import type { CallInfo } from '../contacts-types.ts';
import { handsOn } from '../controllers/focus-heir.ts';
import { RowFocus } from '../controllers/row-focus.ts';
import type { MessageKey } from '../i18n/message.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { buttons, surfaces } from '../styles/controls.ts';
import { inherited } from '../styles/tokens.ts';
import { formatDuration } from '../util/format.ts';
import { callHistoryStyles } from './call-history-styles.ts';
import { icons } from './icons.ts';
import './notice.ts';

/** Sends `gridcast-redial` with the id of a person, and `gridcast-seen` once missed calls were shown. */
@customElement('gridcast-call-history')
export class GridcastCallHistory extends LitElement {
  static override styles = [inherited, buttons, surfaces, callHistoryStyles];

  @property({ attribute: false }) client!: ContactsClient;
  /** Asks again when it changes. */
  @property({ type: Number }) revision = 0;
  /** Missed calls that were not looked at. */
  @property({ type: Number }) missed = 0;
  @state() private only: 'all' | 'missed' = 'all';
  @state() private calls: readonly CallInfo[] | undefined;
  @state() private next: string | undefined;
  @state() private error: unknown;
  protected readonly rowFocus = new RowFocus(this, { last: '.choice button' });
  readonly #words = new WordsUser(this);
  #asked = 0;

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('client') || changed.has('revision')) void this.#load();
  }

  override render(): TemplateResult {
    return html`<section aria-labelledby="title">
      <div class="head">
        <h2 id="title">${this.#words.say('history.title')}</h2>
        <div class="choice" role="group" aria-labelledby="title">${this.#tab('all')}${this.#tab('missed')}</div>
      </div>
      ${this.error === undefined ? nothing : html`<gridcast-notice tone="error">${reasonIn(this.#words.words, this.error)}</gridcast-notice>`}
      ${this.calls?.length === 0 ? this.#empty() : nothing}
      <ul>
        ${repeat(
          this.calls ?? [],
          ({ id }) => id,
          (call) => this.#row(call),
        )}
      </ul>
      ${
        this.next === undefined
          ? nothing
          : html`<button class="button small more" type="button" @click=${this.#more} ${handsOn()}>${this.#words.say('history.more')}</button>`
      }
    </section>`;
  }

  #tab(only: 'all' | 'missed'): TemplateResult {
    const badge = only === 'missed' && this.missed > 0;
    return html`<button type="button" aria-pressed=${this.only === only ? 'true' : 'false'} @click=${() => this.#choose(only)}>
      ${this.#words.say(`history.${only}`)}
      ${
        badge
          ? html`<span class="count" aria-label=${this.#words.say('history.missedCount', { count: this.missed })}
              >${this.missed}</span
            >`
          : nothing
      }
    </button>`;
  }

  #empty(): TemplateResult {
    return html`<div class="empty">
      <span>${icons.clock}</span>
      <p class="strong">${this.#words.say(this.only === 'missed' ? 'history.noneMissed' : 'history.none')}</p>
      ${this.only === 'missed' ? nothing : html`<p class="muted">${this.#words.say('history.noneHint')}</p>`}
    </div>`;
  }

  #row(call: CallInfo): TemplateResult {
    const { direction, person, missed, at } = call;
    const time = new Date(at);
    const locale = this.#words.words.dateLocale;
    const when = time.toLocaleString(locale, { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' });
    return html`<li class=${missed ? 'missed' : ''}>
      <span class="way">${direction === 'in' ? icons.callIn : icons.callOut}</span>
      <div class="about">
        <p class="strong" dir="auto">${person.name}</p>
        <p class="muted">
          ${this.#words.say(stateWords(call))} · <time datetime=${at}>${when}</time>${this.#length(call)}
        </p>
      </div>
      <button
        class="button quiet round"
        type="button"
        aria-label=${this.#words.say('history.redial', { name: person.name })}
        @click=${() => this.dispatchEvent(new CustomEvent<string>('gridcast-redial', { detail: person.id }))}
      >
        ${icons.phone}
      </button>
    </li>`;
  }

  #length({ answered, ended }: CallInfo): string {
    if (answered === undefined || ended === undefined) return '';
    return ` · ${formatDuration((Date.parse(ended) - Date.parse(answered)) / 1000)}`;
  }

  #choose(only: 'all' | 'missed'): void {
    this.only = only;
    this.calls = undefined;
    void this.#load();
    if (only === 'missed') this.dispatchEvent(new CustomEvent('gridcast-seen'));
  }

  readonly #more = (): void => void this.#load(this.next);

  async #load(cursor?: string): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    try {
      const { items, next } = await this.client.calls(this.only === 'missed', cursor);
      if (asked !== this.#asked) return;
      this.calls = cursor === undefined ? items : [...(this.calls ?? []), ...items];
      this.next = next;
      this.error = undefined;
    } catch (error) {
      if (asked === this.#asked) this.error = error;
    }
  }
}

type StateWords = Extract<MessageKey, `history.${CallInfo['state'] | 'missedOne' | 'in' | 'out' | 'running'}`>;

function stateWords({ direction, state: now, missed }: CallInfo): StateWords {
  if (missed) return 'history.missedOne';
  if (now === 'ended') return direction === 'in' ? 'history.in' : 'history.out';
  if (now === 'ringing' || now === 'accepted') return 'history.running';
  return `history.${now}`;
}
