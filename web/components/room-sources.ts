/** `<gridcast-room-sources>`: what this person shares besides their camera, always in sight and with a way to stop it. */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { LocalMedia } from '../controllers/local-media.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { buttons, surfaces } from '../styles/controls.ts';
import { inherited } from '../styles/tokens.ts';
import './file-player.ts';
import { icons } from './icons.ts';
import './room-sources-preview.ts';
import { sourcesStyles } from './room-sources-styles.ts';

/** What was stopped, so that the focus can go where it is started. */
export interface StoppedSource {
  readonly source: 'screen' | 'file';
}

/** Also takes files that are dropped anywhere on the page. Sends `gridcast-source-stopped` with a StoppedSource. */
@customElement('gridcast-room-sources')
export class GridcastRoomSources extends LitElement {
  static override styles = [inherited, buttons, surfaces, sourcesStyles];

  @property({ attribute: false }) media!: LocalMedia;
  /** Renewed by the owner whenever `media` changed. */
  @property({ type: Number }) revision = 0;
  @state() private dropping = false;
  readonly #words = new WordsUser(this);

  override connectedCallback(): void {
    super.connectedCallback();
    for (const event of ['dragover', 'dragleave', 'drop'] as const) window.addEventListener(event, this.#onDrag);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const event of ['dragover', 'dragleave', 'drop'] as const) window.removeEventListener(event, this.#onDrag);
  }

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
    <p class="visually-hidden" role="status">${screen.picture ? this.#words.say('sources.screenShared') : ''}</p>
    ${this.dropping ? this.#dropHint() : nothing}`;
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
        ?disabled=${asking}
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

  #dropHint(): TemplateResult {
    return html`<div class="drop">
      ${icons.film}
      <p class="heading">${this.#words.say('sources.drop')}</p>
      <p class="muted">${this.#words.say('sources.dropHint')}</p>
    </div>`;
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

  /** A file that nobody else on the page takes; without this the browser would leave the room to show it. */
  readonly #onDrag = (event: DragEvent): void => {
    const transfer = event.dataTransfer;
    if (event.defaultPrevented || !transfer?.types.includes('Files')) return;
    if (event.type === 'dragleave') {
      // Between two elements of the page there is a next one.
      if (!event.relatedTarget) this.dropping = false;
      return;
    }
    event.preventDefault();
    this.dropping = event.type === 'dragover';
    if (this.dropping) transfer.dropEffect = 'copy';
    const file = event.type === 'drop' ? transfer.files[0] : undefined;
    if (file) void this.media.playFile(file);
  };
}
