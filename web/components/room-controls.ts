/** `<gridcast-room-controls>`: the row of buttons below the picture. */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { LocalMedia } from '../controllers/local-media.ts';
import type { RoomSession } from '../controllers/room-session.ts';
import { inherited } from '../styles/tokens.ts';
import { icons } from './icons.ts';
import './level-meter.ts';
import { controlsStyles } from './room-controls-styles.ts';

/** What can stand beside the picture. */
export type PanelName = 'people' | 'layout';

/** The panel to stand there from now on. */
export interface PanelChoice {
  readonly panel: PanelName | undefined;
}

/** Sends `gridcast-leave`, `gridcast-record`, `gridcast-invite`, `gridcast-fullscreen`, and `gridcast-panel` with a PanelChoice. */
@customElement('gridcast-room-controls')
export class GridcastRoomControls extends LitElement {
  static override styles = [inherited, controlsStyles];

  @property({ attribute: false }) session!: RoomSession;
  @property({ attribute: false }) media!: LocalMedia;
  /** Renewed by the owner whenever `session` or `media` changed. */
  @property({ type: Number }) revision = 0;
  @property({ type: Boolean }) recordBusy = false;
  /** The one that is open. */
  @property({ attribute: false }) panel: PanelName | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('keydown', this.#onKey);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('keydown', this.#onKey);
  }

  /** Puts the focus on the button of a panel, for when that panel was closed from within. */
  focusPanelButton(panel: PanelName): void {
    this.renderRoot.querySelector<HTMLButtonElement>(`[data-panel="${panel}"]`)?.focus();
  }

  override render(): TemplateResult {
    const { microphoneOn, camera } = this.media;
    const host = this.session.self?.role === 'host';
    const cameraOn = camera.track !== undefined;
    return html`<div class="controls" role="toolbar" aria-label="Room controls">
      ${this.#toggle('Microphone', 'Alt+M', microphoneOn, microphoneOn ? icons.mic : icons.micOff, this.#toggleMicrophone)}
      <gridcast-level-meter class="wide" .level=${() => this.session.level}></gridcast-level-meter>
      ${this.#toggle('Camera', 'Alt+V', cameraOn, cameraOn ? icons.camera : icons.cameraOff, this.#toggleCamera)}
      ${this.#volume()}
      <span class="gap"></span>
      ${host ? this.#record() : nothing}
      <button class="control" type="button" @click=${() => this.#send('gridcast-invite')}>
        ${icons.link}<span class="word">Invite</span>
      </button>
      ${host ? this.#panelButton('layout', 'Layout', 'Alt+L', icons.layout) : nothing}
      ${this.#panelButton('people', 'People', 'Alt+P', icons.people)}
      <button
        class="control wide"
        type="button"
        aria-label="Fullscreen"
        title="Fullscreen"
        @click=${() => this.#send('gridcast-fullscreen')}
      >
        ${icons.fullscreen}
      </button>
      <button class="control leave" type="button" @click=${() => this.#send('gridcast-leave')}>
        ${icons.leave}<span class="word">Leave</span>
      </button>
    </div>`;
  }

  #record(): TemplateResult {
    const { recording } = this.session.facts;
    return html`<button
      class="control ${recording ? 'active' : ''}"
      type="button"
      ?disabled=${this.recordBusy}
      @click=${() => this.#send('gridcast-record')}
    >
      ${recording ? icons.stop : icons.record}<span class="word">${recording ? 'Stop recording' : 'Record'}</span>
    </button>`;
  }

  #volume(): TemplateResult {
    const { volume } = this.session;
    return html`<span class="volume wide">
      ${volume === 0 ? icons.volumeOff : icons.volume}
      <input
        type="range"
        min="0"
        max="1"
        step="0.05"
        aria-label="Volume"
        .value=${String(volume)}
        @input=${(event: InputEvent) => {
          this.session.volume = Number((event.target as HTMLInputElement).value);
        }}
      />
    </span>`;
  }

  #toggle(label: string, keys: string, on: boolean, icon: TemplateResult, act: () => void): TemplateResult {
    return html`<button
      class="control ${on ? '' : 'off'}"
      type="button"
      aria-label=${label}
      aria-pressed=${on ? 'true' : 'false'}
      aria-keyshortcuts=${keys}
      title=${`${label} ${on ? 'on' : 'off'} (${keys})`}
      @click=${act}
    >
      ${icon}
    </button>`;
  }

  #panelButton(panel: PanelName, word: string, keys: string, icon: TemplateResult): TemplateResult {
    return html`<button
      class="control"
      type="button"
      data-panel=${panel}
      aria-expanded=${this.panel === panel ? 'true' : 'false'}
      aria-keyshortcuts=${keys}
      title=${`${word} (${keys})`}
      @click=${() => this.#togglePanel(panel)}
    >
      ${icon}<span class="word">${word}</span>
    </button>`;
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.repeat) return;
    if (event.code === 'KeyM') this.#toggleMicrophone();
    else if (event.code === 'KeyV') this.#toggleCamera();
    else if (event.code === 'KeyP') this.#togglePanel('people');
    else if (event.code === 'KeyL' && this.session.self?.role === 'host') this.#togglePanel('layout');
    else return;
    event.preventDefault();
  };

  readonly #toggleMicrophone = (): void => {
    if (this.media.microphone.track) this.media.microphoneOn = !this.media.microphoneOn;
    else void this.media.open('microphone');
  };

  readonly #toggleCamera = (): void => {
    if (this.media.camera.track) this.media.shut('camera');
    else void this.media.open('camera');
  };

  #togglePanel(panel: PanelName): void {
    const detail: PanelChoice = { panel: this.panel === panel ? undefined : panel };
    this.dispatchEvent(new CustomEvent('gridcast-panel', { detail }));
  }

  #send(type: string): void {
    this.dispatchEvent(new CustomEvent(type));
  }
}
