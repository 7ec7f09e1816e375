/** `<gridcast-room-stage>`: the room's picture and everything one does during a stay. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { LocalMedia } from '../controllers/local-media.ts';
import type { RoomSession } from '../controllers/room-session.ts';
import { buttons, surfaces } from '../styles/controls.ts';
import { stageTokens } from '../styles/tokens.ts';
import { icons } from './icons.ts';
import type { GridcastInviteDialog } from './invite-dialog.ts';
import './invite-dialog.ts';
import './level-meter.ts';
import './notice.ts';
import './room-panel.ts';
import { stageStyles } from './room-stage-styles.ts';

/** Sends `gridcast-leave` and `gridcast-record` (a host wants to start or stop it). */
@customElement('gridcast-room-stage')
export class GridcastRoomStage extends LitElement {
  static override styles = [stageTokens, buttons, surfaces, stageStyles];

  @property({ attribute: false }) session!: RoomSession;
  @property({ attribute: false }) media!: LocalMedia;
  @property({ attribute: false }) canvas!: HTMLCanvasElement;
  /** Renewed by the owner whenever `session` or `media` changed. */
  @property({ type: Number }) revision = 0;
  @property() server = location.origin;
  @property() room = '';
  @property() token = '';
  /** A request to start or stop recording is on its way. */
  @property({ type: Boolean }) recordBusy = false;
  @state() private panel = window.matchMedia('(min-width: 64rem)').matches;
  @query('gridcast-invite-dialog') private invite!: GridcastInviteDialog;

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('keydown', this.#onKey);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('keydown', this.#onKey);
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('canvas')) return;
    this.canvas.setAttribute('role', 'img');
    this.canvas.setAttribute('aria-label', 'Live picture of everybody in the room');
  }

  override render(): TemplateResult {
    const { title, recording, roster, self, stats } = this.session;
    return html`<div class="stage ${this.panel ? 'with-panel' : ''}">
      <header>
        <h1>${title || 'Room'}</h1>
        ${recording ? html`<span class="badge live" title="What is seen and heard is being kept">REC</span>` : nothing}
        <span class="connection">${this.#connectionBadge()}</span>
        <span class="visually-hidden" role="status">${recording ? 'This room is being recorded' : ''}</span>
      </header>
      <div class="picture">${this.canvas} ${this.#overlay()} ${this.#problem()}</div>
      ${
        this.panel
          ? html`<gridcast-room-panel
              role="complementary"
              aria-label="People and connection"
              .people=${roster}
              .self=${self?.id ?? ''}
              .stats=${stats}
              @gridcast-close=${this.#togglePanel}
            ></gridcast-room-panel>`
          : nothing
      }
      ${this.#controls()}
      <gridcast-invite-dialog
        .server=${this.server}
        .room=${this.room}
        .token=${this.token}
        ?host=${self?.role === 'host'}
      ></gridcast-invite-dialog>
    </div>`;
  }

  #controls(): TemplateResult {
    const { microphoneOn, camera } = this.media;
    const { self, recording, volume } = this.session;
    const cameraOn = camera.track !== undefined;
    return html`<div class="controls" role="toolbar" aria-label="Room controls">
      ${this.#toggle('Microphone', 'Alt+M', microphoneOn, microphoneOn ? icons.mic : icons.micOff, this.#toggleMicrophone)}
      <gridcast-level-meter class="wide" .level=${() => this.session.level}></gridcast-level-meter>
      ${this.#toggle('Camera', 'Alt+V', cameraOn, cameraOn ? icons.camera : icons.cameraOff, this.#toggleCamera)}
      <span class="volume wide">
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
      </span>
      <span class="gap"></span>
      ${
        self?.role === 'host'
          ? html`<button
              class="control ${recording ? 'active' : ''}"
              type="button"
              ?disabled=${this.recordBusy}
              @click=${() => this.dispatchEvent(new CustomEvent('gridcast-record'))}
            >
              ${recording ? icons.stop : icons.record}<span class="word">${recording ? 'Stop recording' : 'Record'}</span>
            </button>`
          : nothing
      }
      <button class="control" type="button" @click=${() => void this.invite.open()}>
        ${icons.link}<span class="word">Invite</span>
      </button>
      <button class="control" type="button" aria-expanded=${this.panel ? 'true' : 'false'} @click=${this.#togglePanel}>
        ${icons.people}<span class="word">People</span>
      </button>
      <button class="control wide" type="button" aria-label="Fullscreen" title="Fullscreen" @click=${this.#fullscreen}>
        ${icons.fullscreen}
      </button>
      <button class="control leave" type="button" @click=${() => this.dispatchEvent(new CustomEvent('gridcast-leave'))}>
        ${icons.leave}<span class="word">Leave</span>
      </button>
    </div>`;
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

  #connectionBadge(): TemplateResult {
    const { connection, stats } = this.session;
    if (connection.kind === 'joined') {
      const rtt = stats?.rttMs === undefined ? '' : ` · ${Math.max(1, Math.round(stats.rttMs))} ms`;
      return html`<span class="badge good">Connected${rtt}</span>`;
    }
    return html`<span class="badge warn">${connection.kind === 'reconnecting' ? 'Reconnecting…' : 'Connecting…'}</span>`;
  }

  #overlay(): TemplateResult | typeof nothing {
    const { connection, picture } = this.session;
    if (connection.kind === 'joined' && picture) return nothing;
    const [heading, text] =
      connection.kind === 'reconnecting'
        ? ['Connection lost', `Trying again by itself (try ${connection.attempt}). Your place in the picture is kept.`]
        : connection.kind === 'joined'
          ? ['You are in', 'Waiting for the first picture of the room…']
          : ['Connecting', 'Opening the way to the room…'];
    return html`<div class="overlay" role="status">
      <span class="spinner"></span>
      <p class="heading">${heading}</p>
      <p>${text}</p>
    </div>`;
  }

  #problem(): TemplateResult | typeof nothing {
    const problem = this.session.problem ?? this.media.camera.problem ?? this.media.microphone.problem;
    if (!problem) return nothing;
    return html`<gridcast-notice class="problem" tone="warning" heading=${problem.title}>
      ${problem.detail}
      <button slot="actions" class="button small" type="button" @click=${this.#dismiss}>Dismiss</button>
    </gridcast-notice>`;
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.repeat) return;
    if (event.code === 'KeyM') this.#toggleMicrophone();
    else if (event.code === 'KeyV') this.#toggleCamera();
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

  readonly #dismiss = (): void => {
    this.session.dismissProblem();
    this.media.dismissProblems();
  };

  readonly #togglePanel = (): void => {
    this.panel = !this.panel;
  };

  readonly #fullscreen = (): void => {
    const done = document.fullscreenElement ? document.exitFullscreen() : this.requestFullscreen();
    // Refused where the embedding page forbids it; there is nothing to add to that.
    done.catch(() => undefined);
  };
}
