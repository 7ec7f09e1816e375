/** `<gridcast-room-sources>`: what this person shares besides their camera, always in sight and with a way to stop it. */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { LocalMedia } from '../controllers/local-media.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { buttons, surfaces } from '../styles/controls.ts';
import { inherited } from '../styles/tokens.ts';
import './file-player.ts';
import './room-sources-preview.ts';
import { sourcesStyles } from './room-sources-styles.ts';

/** What was stopped, so that the focus can go where it is started. */
export interface StoppedSource {
  readonly source: 'screen' | 'file';
}

/** Sends `gridcast-source-stopped` with a StoppedSource. */
@customElement('gridcast-room-sources')
export class GridcastRoomSources extends LitElement {
  static override styles = [inherited, buttons, surfaces, sourcesStyles];

  @property({ attribute: false }) media!: LocalMedia;
  /** Renewed by the owner whenever `media` changed. */
  @property({ type: Number }) revision = 0;
  readonly #words = new WordsUser(this);

  override render(): TemplateResult {
    const { screen, film, filmOpening } = this.media;
    const parts = [
      screen.picture ? this.#screen(screen.picture) : nothing,
      filmOpening ? this.#opening() : nothing,
      film ? this.#player() : nothing,
    ];
    return html`${
      parts.some((part) => part !== nothing)
        ? html`<section class="sources" aria-label=${this.#words.say('sources.title')}>${parts}</section>`
        : nothing
    }
    <p class="visually-hidden" role="status">${screen.picture ? this.#words.say('sources.screenShared') : ''}</p>`;
  }

  #screen(picture: MediaStreamTrack): TemplateResult {
    const { sound, interrupted, asking } = this.media.screen;
    const more = interrupted
      ? this.#words.say('sources.screenHeld')
      : sound
        ? this.#words.say('sources.screenSound')
        : '';
    return html`<div class="source">
      <gridcast-source-preview
        .track=${picture}
        label=${this.#words.say('sources.screenPreview')}
      ></gridcast-source-preview>
      <div class="what">
        <p>${this.#words.say('sources.screenShared')}</p>
        <p class="muted">${more}</p>
      </div>
      <button
        class="button small other"
        type="button"
        aria-disabled=${asking ? 'true' : 'false'}
        @click=${() => void this.media.shareScreen()}
      >
        ${this.#words.say('sources.screenOther')}
      </button>
      <button
        class="button small danger"
        type="button"
        aria-label=${this.#words.say('sources.screenStop')}
        @click=${this.#stopScreen}
      >
        ${this.#words.say('sources.stop')}
      </button>
    </div>`;
  }

  #opening(): TemplateResult {
    return html`<div class="source" role="status">
      <span class="spinner"></span>${this.#words.say('sources.fileOpening')}
    </div>`;
  }

  #player(): TemplateResult {
    return html`<gridcast-file-player
      .film=${this.media.film}
      .revision=${this.revision}
      @gridcast-remove=${this.#removeFile}
    ></gridcast-file-player>`;
  }

  readonly #stopScreen = (): void => {
    this.media.stopScreen();
    this.#tell('screen');
  };

  readonly #removeFile = (): void => {
    this.media.removeFile();
    this.#tell('file');
  };

  #tell(source: StoppedSource['source']): void {
    const detail: StoppedSource = { source };
    this.dispatchEvent(new CustomEvent('gridcast-source-stopped', { detail }));
  }
}
