/** `<gridcast-watch>`: the viewer's page around the player. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { ApiClient } from '../api-client.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { surfaces } from '../styles/controls.ts';
import { tokens } from '../styles/tokens.ts';
import { roomPath } from '../util/links.ts';
import './copy-field.ts';
import type { PlayerNews } from './gridcast-player.ts';
import './gridcast-player.ts';
import './gridcast-viewer-chat.ts';
import './notice.ts';

/** What fails in the browser, and not at the room. */
const PLAYERS_OWN: ReadonlySet<string> = new Set(['player.unsupported', 'player.decoder']);

/** `token` is needed for private rooms only. */
@customElement('gridcast-watch')
export class GridcastWatch extends LitElement {
  static override styles = [
    tokens,
    surfaces,
    css`
      :host {
        display: block;
      }
      .page {
        display: grid;
        gap: 1.25rem;
        max-width: 72rem;
        margin: 0 auto;
        padding: clamp(0.75rem, 3vw, 2rem);
      }
      gridcast-player {
        max-width: calc((100dvh - 13rem) * 16 / 9);
        min-width: min(100%, 34rem);
        width: 100%;
        margin: 0 auto;
      }
      h1 {
        font-size: 1.35rem;
        overflow-wrap: anywhere;
      }
      .below {
        width: 100%;
        max-width: max(34rem, calc((100dvh - 13rem) * 16 / 9));
        margin: 0 auto;
        display: grid;
        gap: 1rem;
        align-items: end;
      }
      kbd {
        padding: 0.05rem 0.4rem;
        border: 1px solid var(--gc-line);
        border-radius: 5px;
        background: var(--gc-raised);
        font: inherit;
        font-size: 0.85em;
      }
      .keys {
        font-size: 0.9rem;
        line-height: 1.8;
      }
      @media (pointer: coarse) {
        .keys {
          display: none;
        }
      }
      /* As large as the height of the window lets the picture be. */
      @media (min-width: 100rem) {
        .page {
          max-width: 160rem;
        }
      }
      @media (min-width: 48rem) {
        .below {
          grid-template-columns: 1.2fr 1fr;
        }
      }
      /* Where the chat stands beside the picture, that keeps its size. */
      @media (min-width: 60rem) and (min-height: 35rem) {
        .with-chat gridcast-player,
        .with-chat .below {
          max-width: calc((100dvh - 13rem) * 16 / 9 + 17rem);
        }
      }
      /* A phone held sideways: the whole picture below the bar, with its buttons. */
      @media (orientation: landscape) and (max-height: 30rem) {
        gridcast-player {
          min-width: min(100%, 18rem);
          max-width: calc((100dvh - 6rem) * 16 / 9);
        }
      }
    `,
  ];

  @property() server = location.origin;
  @property() room = '';
  @property() token = '';
  @state() private roomTitle = '';
  /** There is no such room so far, or it lets nobody in by this link: no chat to read, and no link to pass on. */
  @state() private shut = false;
  /** Viewers of the room may read its chat. */
  @state() private chat = true;
  readonly #words = new WordsUser(this);

  override firstUpdated(): void {
    if (this.room !== '') void this.#name();
  }

  readonly #onState = ({ detail }: CustomEvent<PlayerNews>): void => {
    // Asked again, or nobody to ask: nothing new is known.
    if (detail.state === 'checking' || detail.state === 'reconnecting') return;
    const shut = detail.state === 'missing' || (detail.problem !== undefined && !PLAYERS_OWN.has(detail.problem));
    // It has come to be, or lets them in now.
    if (this.shut && !shut) void this.#name();
    this.shut = shut;
  };

  async #name(): Promise<void> {
    try {
      this.roomTitle = (await new ApiClient(this.server, this.token).room(this.room)).title;
      document.title = `${this.roomTitle} · Gridcast`;
    } catch {
      // The player says what is wrong; a title is only nice to have.
    }
  }

  override render(): TemplateResult {
    if (this.room === '') {
      return html`<div class="page">
        <h1>${this.#words.say('watch.title')}</h1>
        <gridcast-notice tone="error" heading=${this.#words.say('watch.noRoom')}>
          ${this.#words.say('watch.noRoomDetail')}
        </gridcast-notice>
      </div>`;
    }
    // The key is drawn as one wherever the sentence has it.
    const [before, after] = this.#words.say('watch.keys', { key: '\n' }).split('\n');
    const chat = this.chat && !this.shut;
    return html`<div class="page ${chat ? 'with-chat' : ''}">
      <gridcast-player
        .server=${this.server}
        .room=${this.room}
        .token=${this.token}
        @gridcast-state=${this.#onState}
      >
        ${
          chat
            ? html`<gridcast-viewer-chat
          slot="chat"
          .server=${this.server}
          .room=${this.room}
          .token=${this.token}
          @gridcast-closed=${() => {
            this.chat = false;
          }}
        ></gridcast-viewer-chat>`
            : nothing
        }
      </gridcast-player>
      <div class="below">
        <div>
          <h1 dir="auto">${this.roomTitle || this.#words.say('watch.room', { room: this.room })}</h1>
          ${this.shut ? nothing : html`<p class="muted keys">${before}<kbd>?</kbd>${after}</p>`}
        </div>
        ${
          this.shut
            ? nothing
            : html`<gridcast-copy-field
                label=${this.#words.say('watch.link')}
                .value=${new URL(roomPath('watch', this.room, this.token), this.server).href}
              ></gridcast-copy-field>`
        }
      </div>
    </div>`;
  }
}
