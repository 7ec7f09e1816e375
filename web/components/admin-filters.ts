/** `<gridcast-admin-filters>`: which recordings are listed. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { RoomInfo } from '../api-types.ts';
import type { AdminKey } from '../i18n/message.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { buttons, fields } from '../styles/controls.ts';
import { inherited } from '../styles/tokens.ts';
import { RECORDING_STATES, recordingStates } from '../util/recording-words.ts';
import { icons } from './icons.ts';

const PAUSE_MS = 250;

/** What is filtered by; empty texts filter nothing. `since` and `until` are days, both included. */
export interface RecordingFilters {
  readonly q: string;
  readonly room: string;
  readonly state: string;
  readonly since: string;
  readonly until: string;
}

/** Everything. */
export const NO_FILTERS: RecordingFilters = { q: '', room: '', state: '', since: '', until: '' };

/** What the address or a form says, as filters; what is none of them is left out. */
export function filtersOf(given: Readonly<Record<string, string>>): RecordingFilters {
  const day = (text = ''): string => (/^\d{4}-\d{2}-\d{2}$/.test(text) ? text : '');
  return {
    q: (given['q'] ?? '').slice(0, 100),
    room: given['room'] ?? '',
    state: given['state'] && given['state'] in RECORDING_STATES ? given['state'] : '',
    since: day(given['since']),
    until: day(given['until']),
  };
}

/** The same for the server, whose days begin where the reader's do. */
export function filterQuery({ since, until, ...rest }: RecordingFilters): Readonly<Record<string, string>> {
  const start = (day: string, later: number): string => {
    const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
    return new Date(year, month - 1, date + later).toISOString();
  };
  const all = {
    ...rest,
    q: rest.q.trim(),
    since: since === '' ? '' : start(since, 0),
    until: until === '' ? '' : start(until, 1),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
}

/** Sends `gridcast-filters` with RecordingFilters: what is typed after a pause, all else at once. */
@customElement('gridcast-admin-filters')
export class GridcastAdminFilters extends LitElement {
  static override styles = [
    inherited,
    buttons,
    fields,
    css`
      :host {
        display: block;
      }
      form {
        display: flex;
        flex-wrap: wrap;
        gap: 0.6rem;
        align-items: end;
      }
      /* As many beside one another as their text has room for, however large it is. */
      .field {
        flex: 1 1 9rem;
        min-width: 0;
      }
      .field.search {
        flex: 2 1 12rem;
      }
      .field label {
        color: var(--gc-muted);
        font-size: 0.8rem;
        line-height: 1.2;
      }
      input,
      select {
        min-width: 0;
      }
      input[type='date'],
      input[type='search'] {
        width: 100%;
        min-height: var(--gc-control);
        padding: 0.5rem 0.7rem;
        border: 1px solid var(--gc-line-strong);
        border-radius: var(--gc-radius-small);
        background: var(--gc-bg);
        color: var(--gc-text);
        font: inherit;
      }
      .search {
        position: relative;
      }
      .search svg {
        position: absolute;
        bottom: calc((max(var(--gc-control), 2.5em) - 20px) / 2);
        left: 0.7rem;
        color: var(--gc-muted);
        pointer-events: none;
      }
      .search input {
        padding-left: 2.4rem;
      }
      @media (max-width: 64rem) {
        .field.search {
          flex-basis: 100%;
        }
      }
    `,
  ];

  @property({ attribute: false }) value: RecordingFilters = NO_FILTERS;
  @property({ attribute: false }) rooms: readonly Pick<RoomInfo, 'id' | 'title'>[] = [];
  readonly #words = new WordsUser<AdminKey>(this);
  #timer = 0;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.clearTimeout(this.#timer);
  }

  override render(): TemplateResult {
    const { q, room, state, since, until } = this.value;
    const { say } = this.#words.words;
    const known = room === '' || this.rooms.some(({ id }) => id === room);
    const rooms = known ? this.rooms : [...this.rooms, { id: room, title: room }];
    return html`<form role="search" aria-label=${say('admin.recordings')} @submit=${this.#submit} @change=${this.#submit}>
      <div class="field search">
        <label for="q">${say('adminRecordings.search')}</label>
        ${icons.search}
        <input
          id="q"
          name="q"
          type="search"
          maxlength="100"
          autocomplete="off"
          placeholder=${say('adminRecordings.searchHint')}
          .value=${q}
          @input=${this.#typed}
        />
      </div>
      <div class="field">
        <label for="room">${say('adminRecordings.room')}</label>
        <select id="room" name="room" .value=${room}>
          <option value="" ?selected=${room === ''}>${say('adminRecordings.allRooms')}</option>
          ${rooms.map(({ id, title }) => html`<option value=${id} ?selected=${id === room}>${title}</option>`)}
        </select>
      </div>
      <div class="field">
        <label for="state">${say('adminRecordings.state')}</label>
        <select id="state" name="state" .value=${state}>
          <option value="" ?selected=${state === ''}>${say('adminRecordings.allStates')}</option>
          ${recordingStates().map(
            (name) => html`<option value=${name} ?selected=${name === state}>${say(`recordingState.${name}`)}</option>`,
          )}
        </select>
      </div>
      <div class="field">
        <label for="since">${say('adminRecordings.since')}</label>
        <input id="since" name="since" type="date" .value=${since} />
      </div>
      <div class="field">
        <label for="until">${say('adminRecordings.until')}</label>
        <input id="until" name="until" type="date" .value=${until} />
      </div>
      ${
        Object.values(this.value).every((part) => part === '')
          ? nothing
          : html`<button class="button" type="button" @click=${() => this.#send(NO_FILTERS)}>
              ${icons.close} ${say('adminRecordings.clear')}
            </button>`
      }
    </form>`;
  }

  readonly #typed = (): void => {
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#submit(), PAUSE_MS);
  };

  readonly #submit = (event?: Event): void => {
    event?.preventDefault();
    const form = this.renderRoot.querySelector('form');
    if (!form) return;
    const given = [...new FormData(form).entries()].map(([name, value]) => [name, String(value)]);
    this.#send(filtersOf(Object.fromEntries(given)));
  };

  #send(filters: RecordingFilters): void {
    window.clearTimeout(this.#timer);
    const now = Object.entries(this.value);
    if (now.every(([name, value]) => filters[name as keyof RecordingFilters] === value)) return;
    this.dispatchEvent(
      new CustomEvent<RecordingFilters>('gridcast-filters', { detail: filters, bubbles: true, composed: true }),
    );
  }
}
