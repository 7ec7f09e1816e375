/** `<gridcast-own-preview>`: one's own picture, before anybody else sees it, and the switches of camera and microphone. */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { DeviceKind } from '../capture/device-words.ts';
import type { LocalMedia } from '../controllers/local-media.ts';
import { switchAct, toggleCamera, toggleMicrophone } from '../controllers/media-switches.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { surfaces } from '../styles/controls.ts';
import { inherited } from '../styles/tokens.ts';
import { initials } from '../util/format.ts';
import { icons } from './icons.ts';
import { ownPreviewStyles } from './own-preview-styles.ts';

/** Owns nothing of what it shows. */
@customElement('gridcast-own-preview')
export class GridcastOwnPreview extends LitElement {
  static override styles = [inherited, surfaces, ownPreviewStyles];

  @property({ attribute: false }) media!: LocalMedia;
  @property() name = '';
  /** Renewed by the owner whenever `media` changed. */
  @property({ type: Number }) revision = 0;
  readonly #words = new WordsUser(this);

  override updated(): void {
    const video = this.renderRoot.querySelector('video');
    const { track } = this.media.camera;
    const shown = video?.srcObject instanceof MediaStream ? video.srcObject.getTracks()[0] : undefined;
    if (video && shown !== track) video.srcObject = track ? new MediaStream([track]) : null;
  }

  override render(): TemplateResult {
    const { name } = this;
    const { camera, microphone, microphoneOn } = this.media;
    const cameraOn = camera.track !== undefined;
    const off = camera.opening
      ? 'prejoin.opening'
      : camera.problem
        ? 'prejoin.cameraMissing'
        : ('prejoin.cameraOff' as const);
    return html`<section class="preview" part="preview" aria-label=${this.#words.say('prejoin.yourPicture')}>
      <video
        autoplay
        muted
        playsinline
        class=${cameraOn ? '' : 'dark'}
        aria-label=${this.#words.say('prejoin.yourCamera')}
      ></video>
      ${
        cameraOn
          ? nothing
          : html`<div class="off">
              ${camera.opening ? html`<span class="spinner"></span>` : html`<span class="initials" aria-hidden="true">${initials(name) || icons.person}</span>`}
              <p>${this.#words.say(off)}</p>
            </div>`
      }
      ${cameraOn && name !== '' ? html`<span class="nameplate" aria-hidden="true">${name}</span>` : nothing}
      <div class="bar">
        ${this.#switch('microphone', microphoneOn, microphoneOn ? icons.mic : icons.micOff, microphone.opening)}
        ${this.#switch('camera', cameraOn, cameraOn ? icons.camera : icons.cameraOff, camera.opening)}
      </div>
    </section>`;
  }

  #switch(kind: DeviceKind, on: boolean, icon: TemplateResult, opening: boolean): TemplateResult {
    const act = kind === 'camera' ? toggleCamera : toggleMicrophone;
    return html`<button
      class="round ${on || opening ? '' : 'off'}"
      type="button"
      aria-pressed=${on ? 'true' : 'false'}
      aria-label=${this.#words.say(`device.${kind}`)}
      title=${this.#words.say(switchAct(kind, on))}
      @click=${() => act(this.media)}
    >
      ${icon}
    </button>`;
  }
}
