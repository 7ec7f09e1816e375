/** `<gridcast-own-recordings>`: what was recorded in the rooms that somebody with an account has made. */
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { ApiError, problemOf } from '../api-client.ts';
import type { Page, RecordingInfo } from '../api-types.ts';
import { handsOn } from '../controllers/focus-heir.ts';
import { Poller } from '../controllers/poller.ts';
import { appendPage, type RecordingPages, refreshTop } from '../controllers/recording-pages.ts';
import { RowFocus } from '../controllers/row-focus.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { RecordingClient } from '../recording-client.ts';
import { buttons, surfaces } from '../styles/controls.ts';
import { inherited } from '../styles/tokens.ts';
import './notice.ts';
import './own-recording.ts';

const IDLE_MS = 30_000;
const BUSY_MS = 2000;
/** On a server whose recordings are the admins' alone. */
const REFUSED_MS = 3_600_000;
/** At first, and with each "Show more". */
const PAGE = 5;
/** Links lead here: to the start page with this behind it. */
const ANCHOR = '#recordings';

/** Keeps itself fresh. Shows nothing where the server gives recordings to admins alone. */
@customElement('gridcast-own-recordings')
export class GridcastOwnRecordings extends LitElement {
  static override styles = [
    inherited,
    buttons,
    surfaces,
    css`
      :host {
        display: block;
        scroll-margin-top: 1rem;
      }
      h2 {
        margin-bottom: 0.5rem;
        font-size: 1.2rem;
      }
      li + li {
        border-top: 1px solid var(--gc-line);
      }
      .more {
        margin-top: 0.6rem;
      }
    `,
  ];

  @property() server = location.origin;
  /** Token of whoever has signed in. */
  @property() token = '';
  @state() private reading = false;
  @state() private failure: unknown;
  @query('h2') private heading: HTMLElement | null | undefined;
  protected readonly rowFocus = new RowFocus(this, { last: '#own' });
  readonly #words = new WordsUser(this);
  #api = new RecordingClient('', '');
  #pages: RecordingPages | undefined;
  #sought = location.hash === ANCHOR;
  readonly #top = new Poller(
    this,
    () => this.#everyMs(),
    async (signal) => {
      this.#pages = refreshTop(this.#pages, await this.#ask(undefined, signal));
    },
  );

  #everyMs(): number {
    if (isRefused(this.#top.error)) return REFUSED_MS;
    return this.#pages?.items.some(isMoving) === true ? BUSY_MS : IDLE_MS;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('token') && !changed.has('server')) return;
    this.#api = new RecordingClient(this.server, this.token);
    this.#pages = undefined;
    this.failure = undefined;
    this.#top.refresh();
  }

  override updated(): void {
    if (!this.#sought || !this.#pages) return;
    this.#sought = false;
    this.scrollIntoView();
    this.heading?.focus({ preventScroll: true });
  }

  override render(): TemplateResult | typeof nothing {
    const { error } = this.#top;
    if (isRefused(error)) return nothing;
    const pages = this.#pages;
    return html`<section class="card" aria-labelledby="own">
      <h2 id="own" tabindex="-1">${this.#words.say('ownRecordings.title')}</h2>
      ${this.#state(this.failure ?? error)}
      <ul @gridcast-changed=${() => this.#top.refresh()}>
        ${repeat(
          pages?.items ?? [],
          ({ id }) => id,
          (recording) =>
            html`<li><gridcast-own-recording .api=${this.#api} .recording=${recording}></gridcast-own-recording></li>`,
        )}
      </ul>
      ${
        pages?.next === undefined
          ? nothing
          : html`<button
              class="button small more"
              type="button"
              aria-disabled=${this.reading ? 'true' : 'false'}
              @click=${() => void this.#more()}
              ${handsOn()}
            >
              ${this.#words.say('ownRecordings.more')}
            </button>`
      }
    </section>`;
  }

  /** While there is nothing to list, or it is not as it should be. */
  #state(error: unknown): TemplateResult | typeof nothing {
    if (error !== undefined) {
      const title = this.#words.say('ownRecordings.failed');
      return html`<gridcast-notice tone="error" heading=${title}>
        ${this.#words.words.problem(problemOf(title, error)).detail}
        <button slot="actions" class="button small" type="button" @click=${this.#again}>
          ${this.#words.say('ownRecordings.again')}
        </button>
      </gridcast-notice>`;
    }
    if (!this.#pages) return html`<p class="muted" role="status">${this.#words.say('ownRecordings.loading')}</p>`;
    return this.#pages.items.length === 0
      ? html`<p class="muted">${this.#words.say('ownRecordings.none')}</p>`
      : nothing;
  }

  readonly #again = (): void => {
    this.failure = undefined;
    this.#top.refresh();
  };

  async #more(): Promise<void> {
    const known = this.#pages;
    if (known?.next === undefined || this.reading) return;
    this.reading = true;
    this.failure = undefined;
    try {
      const page = await this.#ask(known.next);
      // The top was read anew meanwhile, or somebody else has signed in.
      if (this.#pages?.next === known.next) this.#pages = appendPage(this.#pages, page);
    } catch (error) {
      this.failure = error;
    } finally {
      this.reading = false;
    }
  }

  /** An admin gets their own, too: all others are on the admin page. */
  #ask(cursor: string | undefined, signal?: AbortSignal): Promise<Page<RecordingInfo>> {
    const filter = { own: 'true', limit: String(PAGE), ...(cursor !== undefined && { cursor }) };
    return this.#api.recordings(filter, signal);
  }
}

function isMoving({ state }: RecordingInfo): boolean {
  return state === 'recording' || state === 'archiving';
}

/** Admins have them on this server. */
function isRefused(error: unknown): boolean {
  return error instanceof ApiError && error.status === 403;
}
