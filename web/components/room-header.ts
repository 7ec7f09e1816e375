/** `<gridcast-room-header>`: the room's name, whether it is recorded, how the connection does, and tools for one's own view. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { RoomSession } from '../controllers/room-session.ts';
import { PictureInPicture } from '../controllers/picture-in-picture.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { surfaces } from '../styles/controls.ts';
import { toolButtons } from '../styles/panel.ts';
import { inherited } from '../styles/tokens.ts';
import { connectionQuality } from '../util/connection-quality.ts';
import { icons, mark } from './icons.ts';

/** Sends `gridcast-tool` with `detail.tool`, and `gridcast-consent-ask` when one wants to be asked again. */
export interface ToolChoice {
  readonly tool: 'stats' | 'pip' | 'settings' | 'help';
}

/** Needs `session`, and its `revision` for each change. */
@customElement('gridcast-room-header')
export class GridcastRoomHeader extends LitElement {
  static override styles = [
    inherited,
    surfaces,
    toolButtons,
    css`
      header {
        display: flex;
        align-items: center;
        gap: 0.2rem;
        min-height: 56px;
        padding: 0.3rem 0.6rem 0.3rem 1rem;
      }
      .mark {
        display: flex;
        margin-right: 0.5rem;
      }
      /* The bar has room for two lines. */
      h1 {
        display: -webkit-box;
        overflow: hidden;
        font-size: 1.05rem;
        letter-spacing: -0.01em;
        line-height: 1.25;
        overflow-wrap: anywhere;
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 2;
      }
      .badge {
        margin-left: 0.6rem;
      }
      button.badge {
        min-height: 44px;
        border: 0;
        font: inherit;
        font-size: 0.82rem;
        font-weight: 600;
        cursor: pointer;
      }
      .rest {
        display: flex;
        flex: none;
        align-items: center;
        margin-left: auto;
        padding-left: 0.5rem;
      }
      .quality {
        display: inline-flex;
        align-items: center;
        gap: 0.5rem;
        min-width: 44px;
        min-height: 44px;
        padding: 0 0.7rem;
        border: 1px solid transparent;
        border-radius: var(--gc-radius-small);
        background: transparent;
        color: var(--gc-text);
        font: inherit;
        font-size: 0.88rem;
        font-weight: 600;
        font-variant-numeric: tabular-nums;
        white-space: nowrap;
        cursor: pointer;
      }
      .quality:hover {
        background: var(--gc-raised);
      }
      .quality[aria-expanded='true'] {
        border-color: var(--gc-accent);
      }
      .bars {
        display: flex;
        gap: 2px;
        align-items: flex-end;
      }
      .bars i {
        width: 4px;
        border-radius: 1px;
        background: var(--gc-line-strong);
        opacity: 0.5;
      }
      .bars i:nth-child(1) {
        height: 6px;
      }
      .bars i:nth-child(2) {
        height: 11px;
      }
      .bars i:nth-child(3) {
        height: 16px;
      }
      .good i,
      .fair i:nth-child(-n + 2),
      .poor i:first-child {
        background: var(--gc-accent);
        opacity: 1;
      }
      .fair i:nth-child(-n + 2) {
        background: var(--gc-warning);
      }
      .poor i:first-child {
        background: var(--gc-danger);
      }
      @media (max-width: 47.99rem) {
        header {
          padding-inline: 0.8rem 0.2rem;
        }
        .mark,
        .help {
          display: none;
        }
        /* A sentence, and longer in other languages: it stands below, so that the tools stay in the window. */
        header:has(.warn) {
          flex-wrap: wrap;
        }
        header:has(.warn) h1 {
          flex: 1 1 4rem;
        }
        .badge.warn {
          order: 1;
          margin-left: 0;
          white-space: normal;
        }
        .quality {
          justify-content: center;
          padding: 0;
        }
        /* Still there for assistive technology. */
        .word {
          position: absolute;
          width: 1px;
          height: 1px;
          overflow: hidden;
          clip-path: inset(50%);
        }
      }
    `,
  ];

  @property({ attribute: false }) session!: RoomSession;
  /** Renewed by the owner whenever `session` changed. */
  @property({ type: Number }) revision = 0;
  /** The figures are shown. */
  @property({ type: Boolean }) stats = false;
  /** The picture is in a window of its own. */
  @property({ type: Boolean }) pip = false;
  readonly #words = new WordsUser(this);

  /** Goes to the name of the room. */
  override focus(): void {
    this.renderRoot.querySelector('h1')?.focus();
  }

  /** Goes to the button that shows the figures. */
  focusStats(): void {
    this.renderRoot.querySelector<HTMLButtonElement>('.quality')?.focus();
  }

  override render(): TemplateResult {
    const { facts, self } = this.session;
    return html`<header>
      <span class="mark">${mark}</span>
      <h1 tabindex="-1" dir="auto">${facts.title || this.#words.say('room.untitled')}</h1>
      ${this.#recording()}
      ${self?.withheld ? this.#withheld() : nothing}
      ${self?.muted ? html`<span class="badge warn" role="status">${this.#words.say('room.mutedByHost')}</span>` : nothing}
      <span class="visually-hidden" role="status">${this.#recordingSaid()}</span>
      <span class="rest">
        ${this.#quality()} ${PictureInPicture.supported ? this.#tool('pip', icons.pip, this.pip) : nothing}
        ${this.#tool('settings', icons.settings)} ${this.#tool('help', icons.help)}
      </span>
    </header>`;
  }

  #recording(): TemplateResult | typeof nothing {
    const { recording, recordingPaused } = this.session.facts;
    if (recording) {
      return html`<span class="badge live" title=${this.#words.say('room.recordingTitle')}>
        ${this.#words.say('room.recordingMark')}
      </span>`;
    }
    if (!recordingPaused) return nothing;
    return html`<span class="badge paused" title=${this.#words.say('room.recordingPaused')}>
      ${this.#words.say('room.pausedMark')}
    </span>`;
  }

  #recordingSaid(): string {
    const { recording, recordingPaused } = this.session.facts;
    if (recording) return this.#words.say('room.recorded');
    return recordingPaused ? this.#words.say('room.recordingPaused') : '';
  }

  #withheld(): TemplateResult {
    return html`<button
      class="badge warn"
      type="button"
      title=${this.#words.say('consent.change')}
      @click=${() => this.dispatchEvent(new CustomEvent('gridcast-consent-ask'))}
    >
      ${this.#words.say('consent.withheld')}
    </button>`;
  }

  #quality(): TemplateResult {
    const { connection, stats } = this.session;
    const joined = connection.kind === 'joined';
    const quality = joined ? connectionQuality(stats ?? {}) : 'poor';
    const rtt =
      stats?.rttMs === undefined
        ? ''
        : ` · ${this.#words.say('stats.ms', { value: Math.max(1, Math.round(stats.rttMs)) })}`;
    const state = joined
      ? `${this.#words.say('connection.connected')}${rtt}`
      : this.#words.say(connection.kind === 'reconnecting' ? 'connection.reconnecting' : 'connection.connecting');
    const more = this.#words.say('connection.details', { quality: this.#words.say(`connection.${quality}`) });
    return html`<button
      class="quality"
      type="button"
      title=${more}
      aria-expanded=${this.stats ? 'true' : 'false'}
      @click=${() => this.#choose('stats')}
    >
      <span class="bars ${quality}" aria-hidden="true"><i></i><i></i><i></i></span>
      <span class="word">${state}</span>
      <span class="visually-hidden">${more}</span>
    </button>`;
  }

  #tool(tool: 'pip' | 'settings' | 'help', icon: TemplateResult, on?: boolean): TemplateResult {
    const words = this.#words.say(`tools.${tool}`);
    return html`<button
      class="tool large ${tool}"
      type="button"
      aria-label=${words}
      aria-pressed=${on === undefined ? nothing : on ? 'true' : 'false'}
      title=${words}
      @click=${() => this.#choose(tool)}
    >
      ${icon}
    </button>`;
  }

  #choose(tool: ToolChoice['tool']): void {
    const detail: ToolChoice = { tool };
    this.dispatchEvent(new CustomEvent('gridcast-tool', { detail }));
  }
}
