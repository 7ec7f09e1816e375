/** `<gridcast-room-prejoin>`: how one will look and sound, before anybody else sees it. */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { DeviceKind } from '../capture/device-words.ts';
import type { DeviceState, LocalMedia } from '../controllers/local-media.ts';
import { TrackLevel } from '../controllers/track-level.ts';
import { buttons, fields, surfaces } from '../styles/controls.ts';
import { inherited } from '../styles/tokens.ts';
import { recall, remember } from '../util/page-storage.ts';
import { icons, mark } from './icons.ts';
import './level-meter.ts';
import './notice.ts';
import { prejoinStyles } from './room-prejoin-styles.ts';

const NAME_KEY = 'gridcast.name';

/** Sends `gridcast-join` with `detail.name`, synchronously in the click, so that sound may start. */
@customElement('gridcast-room-prejoin')
export class GridcastRoomPrejoin extends LitElement {
  static override styles = [inherited, buttons, fields, surfaces, prejoinStyles];

  @property({ attribute: false }) media!: LocalMedia;
  /** Of the room, when known. */
  @property() override title = '';
  /** Renewed by the owner whenever `media` changed. */
  @property({ type: Number }) revision = 0;
  @property({ type: Boolean }) busy = false;
  @state() private nameError = '';
  #level: TrackLevel | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#level?.close();
    this.#level = undefined;
  }

  override updated(): void {
    const video = this.renderRoot.querySelector('video');
    const { track } = this.media.camera;
    const shown = video?.srcObject instanceof MediaStream ? video.srcObject.getTracks()[0] : undefined;
    if (video && shown !== track) video.srcObject = track ? new MediaStream([track]) : null;
    if (this.media.microphone.track) this.#level ??= new TrackLevel();
    if (this.#level) this.#level.track = this.media.microphone.track;
  }

  override render(): TemplateResult {
    const { camera, microphone, microphoneOn } = this.media;
    return html`<div class="page">
      <a class="home" href="/">${mark} Gridcast</a>
      <div class="columns">
        <section class="preview" aria-label="Your picture">
          <video autoplay muted playsinline class=${camera.track ? '' : 'dark'} aria-label="Your camera"></video>
          ${camera.track ? nothing : html`<p class="off">${camera.opening ? 'Opening the camera…' : 'Your camera is off'}</p>`}
          <div class="bar">
            <button
              class="round ${microphoneOn ? '' : 'off'}"
              type="button"
              aria-pressed=${microphoneOn ? 'true' : 'false'}
              aria-label="Microphone"
              title=${microphoneOn ? 'Mute the microphone' : 'Unmute the microphone'}
              @click=${this.#toggleMicrophone}
            >
              ${microphoneOn ? icons.mic : icons.micOff}
            </button>
            <button
              class="round ${camera.track ? '' : 'off'}"
              type="button"
              aria-pressed=${camera.track ? 'true' : 'false'}
              aria-label="Camera"
              title=${camera.track ? 'Switch the camera off' : 'Switch the camera on'}
              @click=${this.#toggleCamera}
            >
              ${camera.track ? icons.camera : icons.cameraOff}
            </button>
            <gridcast-level-meter .level=${() => (this.media.microphoneOn ? (this.#level?.level ?? 127) : 127)}></gridcast-level-meter>
          </div>
        </section>
        <form class="card" @submit=${this.#join} novalidate>
          <div>
            <p class="muted">You are about to join</p>
            <h1>${this.title || 'this room'}</h1>
          </div>
          <div class="field">
            <label for="name">Your name</label>
            <input
              id="name"
              name="name"
              type="text"
              maxlength="64"
              autocomplete="name"
              .defaultValue=${recall('local', NAME_KEY)}
              aria-invalid=${this.nameError === '' ? 'false' : 'true'}
              aria-describedby="name-hint"
            />
            <p class="hint" id="name-hint">${this.nameError || 'Shown on your picture, live and in recordings.'}</p>
          </div>
          ${this.#picker('camera', 'Camera', camera)} ${this.#picker('microphone', 'Microphone', microphone)}
          ${[camera, microphone].map((device) => this.#problem(device))}
          <button class="button primary" ?disabled=${this.busy}>${this.busy ? 'Joining…' : 'Join'}</button>
        </form>
      </div>
    </div>`;
  }

  #picker(kind: DeviceKind, label: string, device: DeviceState): TemplateResult | typeof nothing {
    if (device.choices.length < 2) return nothing;
    const choose = (event: Event): void => void this.media.open(kind, (event.target as HTMLSelectElement).value);
    return html`<div class="field">
      <label for=${kind}>${label}</label>
      <select id=${kind} @change=${choose}>
        ${device.choices.map(
          ({ id, label: text }) => html`<option value=${id} ?selected=${id === device.id}>${text}</option>`,
        )}
      </select>
    </div>`;
  }

  #problem(device: DeviceState): TemplateResult | typeof nothing {
    const { problem } = device;
    if (!problem) return nothing;
    const kind = device === this.media.camera ? 'camera' : 'microphone';
    return html`<gridcast-notice tone="warning" heading=${problem.title}>
      ${problem.detail}
      <button slot="actions" class="button small" type="button" @click=${() => void this.media.open(kind)}>
        ${icons.retry} Try again
      </button>
    </gridcast-notice>`;
  }

  #toggleMicrophone(): void {
    if (this.media.microphone.track) this.media.microphoneOn = !this.media.microphoneOn;
    else void this.media.open('microphone');
  }

  #toggleCamera(): void {
    if (this.media.camera.track) this.media.shut('camera');
    else void this.media.open('camera');
  }

  #join(event: SubmitEvent): void {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget as HTMLFormElement).get('name') ?? '').trim();
    this.nameError = name === '' ? 'Enter a name: the others see it on your picture.' : '';
    if (name === '') {
      this.renderRoot.querySelector<HTMLInputElement>('#name')?.focus();
      return;
    }
    remember('local', NAME_KEY, name);
    this.dispatchEvent(new CustomEvent('gridcast-join', { detail: { name } }));
  }
}
