/** `<gridcast-device-pickers>`: which camera, microphone and speaker, and whether they work. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { DeviceKind } from '../capture/device-words.ts';
import type { DeviceState, LocalMedia } from '../controllers/local-media.ts';
import type { Speakers } from '../controllers/speakers.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { buttons, fields } from '../styles/controls.ts';
import { panelParts } from '../styles/panel.ts';
import { inherited } from '../styles/tokens.ts';
import { hasHeadphones, setHeadphones } from '../util/headphones.ts';
import { devicePickersStyles } from './device-pickers-styles.ts';
import { icons } from './icons.ts';
import './level-meter.ts';

/** Needs no events: choices go to `media` and `speakers`. */
@customElement('gridcast-device-pickers')
export class GridcastDevicePickers extends LitElement {
  static override styles = [inherited, buttons, fields, panelParts, devicePickersStyles];

  @property({ attribute: false }) media!: LocalMedia;
  @property({ attribute: false }) speakers!: Speakers;
  /** Renewed by the owner whenever `media` or `speakers` changed. */
  @property({ type: Number }) revision = 0;
  /** The microphone's, -dBov 0–127; asked with each frame of the screen. */
  @property({ attribute: false }) level: () => number = () => 127;
  readonly #words = new WordsUser(this);
  #listed: MediaStreamTrack | undefined;

  override willUpdate(changed: PropertyValues<this>): void {
    const { track } = this.media.microphone;
    // Speakers have names only once the microphone is allowed.
    if (changed.has('speakers') || track !== this.#listed) void this.speakers.list();
    this.#listed = track;
  }

  override render(): TemplateResult {
    return html`${this.#device('camera', this.media.camera)} ${this.#device('microphone', this.media.microphone)}
      ${this.#speaker()} ${this.#headphones()}`;
  }

  #device(kind: DeviceKind, device: DeviceState): TemplateResult {
    const choose = (event: Event): void => void this.media.open(kind, (event.target as HTMLSelectElement).value);
    const { choices } = device;
    return html`<div class="device">
      <span class="sign">${kind === 'camera' ? icons.camera : icons.mic}</span>
      <select
        class="wide"
        aria-label=${this.#words.say(`device.${kind}`)}
        ?disabled=${choices.length === 0}
        @change=${choose}
      >
        ${
          choices.length === 0
            ? html`<option>${this.#words.say(device.problem ? 'device.none' : 'device.notOpen')}</option>`
            : choices.map(({ id, label }) => html`<option value=${id} ?selected=${id === device.id}>${label}</option>`)
        }
      </select>
      ${kind === 'microphone' && (device.track || device.opening) ? this.#meter(device.track !== undefined) : nothing}
    </div>`;
  }

  /** Its place is kept while the microphone is opened: what stands below would move. */
  #meter(heard: boolean): TemplateResult {
    return html`<div class="below meter">
      ${
        heard
          ? html`<gridcast-level-meter label=${this.#words.say('device.level')} .level=${this.level}></gridcast-level-meter>
              <span class="hint">${this.#words.say('device.quiet')}</span>`
          : nothing
      }
    </div>`;
  }

  #speaker(): TemplateResult {
    const { speakers } = this;
    const choose = (event: Event): void => speakers.choose((event.target as HTMLSelectElement).value);
    const fixed = !speakers.selectable || speakers.choices.length === 0;
    return html`<div class="device">
      <span class="sign">${icons.volume}</span>
      <select aria-label=${this.#words.say('device.speaker')} ?disabled=${fixed} @change=${choose}>
        <option value="" ?selected=${speakers.id === ''}>${this.#words.say('device.systemSpeaker')}</option>
        ${speakers.choices.map(
          ({ id, label }) => html`<option value=${id} ?selected=${id === speakers.id}>${label}</option>`,
        )}
      </select>
      <button
        class="button test"
        type="button"
        title=${this.#words.say('device.testHint')}
        aria-disabled=${speakers.testing ? 'true' : 'false'}
        @click=${() => speakers.testing || void speakers.test().catch(() => undefined)}
      >
        ${this.#words.say(speakers.testing ? 'device.testing' : 'device.test')}
      </button>
    </div>`;
  }

  #headphones(): TemplateResult {
    const change = (event: Event): void => {
      setHeadphones((event.target as HTMLInputElement).checked);
      if (this.media.microphone.track) void this.media.open('microphone');
    };
    return html`<div class="headphones">
      <label class="switch">
        ${this.#words.say('device.headphones')}
        <input type="checkbox" role="switch" aria-describedby="why" .checked=${hasHeadphones()} @change=${change} />
      </label>
      <p class="hint" id="why">${this.#words.say('device.headphonesHint')}</p>
    </div>`;
  }
}
