/** `<gridcast-own-rooms>`: the rooms that somebody with an account has made, and the way into them. */
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { ApiClient, problemOf } from '../api-client.ts';
import type { RoomInfo } from '../api-types.ts';
import { handsOn } from '../controllers/focus-heir.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { buttons, surfaces } from '../styles/controls.ts';
import { inherited } from '../styles/tokens.ts';
import { whenWords } from '../util/door-times.ts';
import { ownRoomPath } from '../util/links.ts';
import { wallMs } from '../util/monotonic.ts';
import type { Problem } from '../util/problem.ts';
import './notice.ts';

/** Rooms that are shown at first. */
const FIRST = 5;

/** Asks when `token` is set, and again by `load()`. */
@customElement('gridcast-own-rooms')
export class GridcastOwnRooms extends LitElement {
  static override styles = [
    inherited,
    buttons,
    surfaces,
    css`
      :host {
        display: block;
      }
      h2 {
        margin-bottom: 0.5rem;
        font-size: 1.2rem;
      }
      li {
        display: flex;
        align-items: center;
        gap: 0.9rem;
        min-height: 4rem;
        padding: 0.4rem 0;
        border-top: 1px solid var(--gc-line);
      }
      li:first-child {
        border-top: 0;
      }
      .about {
        flex: 1;
        min-width: 0;
      }
      .title {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.2rem 0.6rem;
        font-weight: 600;
        overflow-wrap: anywhere;
      }
      .about .muted {
        font-size: 0.9rem;
      }
      .more {
        margin-top: 0.6rem;
      }
    `,
  ];

  @property() server = location.origin;
  /** Token of whoever has signed in. */
  @property() token = '';
  @state() private rooms: readonly RoomInfo[] | undefined;
  @state() private all = false;
  @state() private problem: Problem | undefined;
  readonly #words = new WordsUser(this);
  #asked = 0;

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('token') || changed.has('server')) void this.load();
  }

  /** Never rejects: what goes wrong is shown. */
  async load(): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    this.problem = undefined;
    try {
      const { items } = await new ApiClient(this.server, this.token).rooms(undefined, { own: true });
      if (asked === this.#asked) this.rooms = items.toReversed();
    } catch (error) {
      if (asked === this.#asked) this.problem = problemOf(this.#words.say('ownRooms.failed'), error);
    }
  }

  override render(): TemplateResult {
    const shown = this.all ? this.rooms : this.rooms?.slice(0, FIRST);
    return html`<section class="card" aria-labelledby="own">
      <h2 id="own">${this.#words.say('ownRooms.title')}</h2>
      ${this.#state()}
      <ul>
        ${repeat(
          shown ?? [],
          ({ id }) => id,
          (room) => this.#row(room),
        )}
      </ul>
      ${
        shown?.length === this.rooms?.length
          ? nothing
          : html`<button
              class="button small more"
              type="button"
              @click=${() => {
                this.all = true;
              }}
              ${handsOn()}
            >
              ${this.#words.say('ownRooms.more')}
            </button>`
      }
    </section>`;
  }

  /** While there is nothing to list. */
  #state(): TemplateResult | typeof nothing {
    if (this.problem) {
      return html`<gridcast-notice tone="error" heading=${this.#words.say('ownRooms.failed')}>
        ${this.#words.words.problem(this.problem).detail}
        <button slot="actions" class="button small" type="button" @click=${() => void this.load()}>
          ${this.#words.say('ownRooms.again')}
        </button>
      </gridcast-notice>`;
    }
    if (!this.rooms) return html`<p class="muted" role="status">${this.#words.say('ownRooms.loading')}</p>`;
    return this.rooms.length === 0 ? html`<p class="muted">${this.#words.say('ownRooms.none')}</p>` : nothing;
  }

  #row({ id, title, live, participants, createdAt }: RoomInfo): TemplateResult {
    const when = whenWords(Date.parse(createdAt), wallMs(), this.#words.words.dateLocale, 'medium');
    return html`<li>
      <div class="about">
        <p class="title">
          ${title} ${live ? html`<span class="badge live">${this.#words.say('ownRooms.live')}</span>` : nothing}
        </p>
        <p class="muted">
          ${
            participants > 0
              ? this.#words.say('ownRooms.people', { count: participants })
              : this.#words.say('ownRooms.made', { when })
          }
        </p>
      </div>
      <a
        class="button small"
        href=${ownRoomPath(id)}
        aria-label=${this.#words.say('ownRooms.enterName', { title })}
      >
        ${this.#words.say('ownRooms.enter')}
      </a>
    </li>`;
  }
}
