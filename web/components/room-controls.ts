/** `<gridcast-room-controls>`: the row of buttons below the picture. */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { DeviceKind } from '../capture/device-words.ts';
import { FullScreen } from '../controllers/full-screen.ts';
import { handsOn } from '../controllers/focus-heir.ts';
import type { LocalMedia } from '../controllers/local-media.ts';
import { switchAct, toggleCamera, toggleMicrophone } from '../controllers/media-switches.ts';
import { altActionOf } from '../controllers/room-keys.ts';
import type { RoomSession } from '../controllers/room-session.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { canShareScreen } from '../media/screen-share.ts';
import { inherited } from '../styles/tokens.ts';
import type { AltAction } from '../util/shortcuts.ts';
import { icons } from './icons.ts';
import './level-meter.ts';
import { controlsStyles } from './room-controls-styles.ts';
import './host-menu.ts';
import type { GridcastRoomGestures } from './room-gestures.ts';
import './room-gestures.ts';
import './room-sources-preview.ts';
import type { StoppedSource } from './room-sources.ts';
import './room-sources.ts';

/** What can stand beside the picture. */
export type PanelName = 'people' | 'layout' | 'chat';

/** The panel to stand there from now on. */
export interface PanelChoice {
  readonly panel: PanelName | undefined;
}

/** On the badge of a button; nobody counts beyond. */
const MOST_NEWS = 99;

/** Sends `gridcast-leave`, `gridcast-record`, `gridcast-record-pause`, `gridcast-mark`, `gridcast-invite`, `gridcast-fullscreen`, and `gridcast-panel` with a PanelChoice. */
@customElement('gridcast-room-controls')
export class GridcastRoomControls extends LitElement {
  static override styles = [inherited, controlsStyles];

  @property({ attribute: false }) session!: RoomSession;
  @property({ attribute: false }) media!: LocalMedia;
  /** Renewed by the owner whenever `session` or `media` changed. */
  @property({ type: Number }) revision = 0;
  @property({ type: Boolean }) recordBusy = false;
  /** The room fills the screen. */
  @property({ type: Boolean }) fullscreen = false;
  /** In a call others are rung, instead of sent a link. */
  @property({ type: Boolean }) call = false;
  /** The one that is open. */
  @property({ attribute: false }) panel: PanelName | undefined;
  @query('gridcast-room-gestures') private gestures!: GridcastRoomGestures;
  @query('input[type=file]') private picker!: HTMLInputElement;
  readonly #words = new WordsUser(this);

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
    this.#focus(`[data-panel="${panel}"]`);
  }

  override render(): TemplateResult {
    const { microphoneOn, camera } = this.media;
    const host = this.session.self?.role === 'host';
    const { recording, recordingPaused } = this.session.facts;
    const kind = host ? (recording || recordingPaused ? 'many more' : 'many') : 'few';
    const cameraOn = camera.track !== undefined;
    return html`<gridcast-room-sources
        .media=${this.media}
        .revision=${this.revision}
        @gridcast-source-stopped=${({ detail }: CustomEvent<StoppedSource>) => this.#focus(`.${detail.source}`)}
      ></gridcast-room-sources>
      <div class="controls ${kind}" role="toolbar" aria-label=${this.#words.say('controls.title')}>
      ${
        camera.track
          ? html`<gridcast-source-preview
              class="wide self"
              mirrored
              .track=${camera.track}
              label=${this.#words.say('sources.you')}
            ></gridcast-source-preview>`
          : nothing
      }
      ${this.#toggle('microphone', 'Alt+M', microphoneOn, microphoneOn ? icons.mic : icons.micOff, this.#toggleMicrophone)}
      <gridcast-level-meter class="wide" .level=${() => this.session.level}></gridcast-level-meter>
      ${this.#toggle('camera', 'Alt+V', cameraOn, cameraOn ? icons.camera : icons.cameraOff, this.#toggleCamera)}
      ${this.#screen()} ${this.#file()} ${this.#volume()}
      <span class="gap"></span>
      ${host ? this.#record() : nothing} ${host ? this.#pause() : nothing}
      ${host && this.session.facts.recording ? this.#marker() : nothing}
      ${this.#invite()}
      ${host ? this.#panelButton('layout', 'Alt+L', icons.layout) : nothing}
      ${this.#panelButton('chat', 'Alt+C', icons.chat, this.panel === 'chat' ? 0 : this.session.chat.book.unread)}
      ${this.#panelButton('people', 'Alt+P', icons.people)}
      <gridcast-room-gestures .session=${this.session} .revision=${this.revision}></gridcast-room-gestures>
      ${host ? this.#hostMenu() : nothing}
      ${FullScreen.supported ? this.#fullscreen() : nothing}
      <button
        class="control leave"
        type="button"
        title=${this.#words.say('controls.leave')}
        @click=${() => this.#send('gridcast-leave')}
      >
        ${icons.leave}<span class="word">${this.#words.say('controls.leave')}</span>
      </button>
    </div>`;
  }

  /** Telephones share none: there the button would only disappoint. */
  #screen(): TemplateResult | typeof nothing {
    if (!canShareScreen()) return nothing;
    const { picture, asking } = this.media.screen;
    const word = this.#words.say('sources.screen');
    return html`<button
      class="control screen ${picture ? 'sharing' : ''}"
      type="button"
      aria-label=${word}
      aria-pressed=${picture ? 'true' : 'false'}
      title=${picture ? this.#words.say('sources.screenStop') : word}
      aria-disabled=${asking ? 'true' : 'false'}
      @click=${() => {
        // The browser asks already. A button that is off for a moment would lose the focus.
        if (asking) return;
        if (picture) this.media.stopScreen();
        else void this.media.shareScreen();
      }}
    >
      ${icons.screen}
    </button>`;
  }

  #file(): TemplateResult {
    const word = this.#words.say('sources.file');
    return html`<button
        class="control file"
        type="button"
        aria-label=${word}
        title=${word}
        @click=${() => this.picker.click()}
      >
        ${icons.film}
      </button>
      <input type="file" accept="video/*,audio/*" hidden aria-label=${word} @change=${this.#playFile} />`;
  }

  #invite(): TemplateResult {
    const word = this.#words.say(this.call ? 'callAdd.button' : 'controls.invite');
    return html`<button
      class="control"
      type="button"
      aria-label=${word}
      title=${word}
      @click=${() => this.#send('gridcast-invite')}
    >
      ${this.call ? icons.personAdd : icons.link}
      <span class="word">${this.call ? this.#words.say('callAdd.short') : word}</span>
    </button>`;
  }

  readonly #playFile = (): void => {
    const file = this.picker.files?.[0];
    if (file) void this.media.playFile(file);
    // Choosing the same file again is a choice, too.
    this.picker.value = '';
  };

  #focus(selector: string): void {
    this.renderRoot.querySelector<HTMLButtonElement>(`button${selector}`)?.focus();
  }

  #record(): TemplateResult {
    const { recording, recordingPaused } = this.session.facts;
    const begun = recording || recordingPaused;
    const word = this.#words.say(begun ? 'controls.recordStop' : 'controls.record');
    return html`<button
      class="control ${begun ? 'active' : 'record'}"
      type="button"
      title=${word}
      aria-disabled=${this.recordBusy ? 'true' : 'false'}
      @click=${() => this.#sendRecord('gridcast-record')}
    >
      ${begun ? icons.stop : icons.record}<span class="word ${begun ? '' : 'kept'}">${word}</span>
    </button>`;
  }

  /** Beside the button that stops: a sign that everybody knows, for the row is full. */
  #pause(): TemplateResult | typeof nothing {
    const { recording, recordingPaused } = this.session.facts;
    if (!recording && !recordingPaused) return nothing;
    const word = this.#words.say(recordingPaused ? 'controls.recordResume' : 'controls.recordPause');
    return html`<button
      class="control ${recordingPaused ? 'record' : ''}"
      type="button"
      aria-label=${word}
      title=${word}
      aria-disabled=${this.recordBusy ? 'true' : 'false'}
      @click=${() => this.#sendRecord('gridcast-record-pause')}
      ${handsOn()}
    >
      ${recordingPaused ? icons.record : icons.pause}
    </button>`;
  }

  /** A button that is off for a moment would lose the focus. */
  #sendRecord(name: 'gridcast-record' | 'gridcast-record-pause'): void {
    if (!this.recordBusy) this.#send(name);
  }

  #marker(): TemplateResult {
    const word = this.#words.say('marker.button');
    return html`<button
      class="control marker"
      type="button"
      aria-keyshortcuts="Alt+K"
      title=${`${this.#words.say('marker.title')} (Alt+K)`}
      @click=${() => this.#send('gridcast-mark')}
      ${handsOn()}
    >
      ${icons.marker}<span class="word">${word}</span>
    </button>`;
  }

  #fullscreen(): TemplateResult {
    const word = this.#words.say('controls.fullscreen');
    return html`<button
      class="control wide"
      type="button"
      aria-label=${word}
      aria-pressed=${this.fullscreen ? 'true' : 'false'}
      aria-keyshortcuts="F"
      title=${this.fullscreen ? this.#words.say('controls.fullscreenLeave') : `${word} (F)`}
      @click=${() => this.#send('gridcast-fullscreen')}
    >
      ${this.fullscreen ? icons.fullscreenLeave : icons.fullscreen}
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
        aria-label=${this.#words.say('controls.volume')}
        aria-valuetext=${this.#words.say('file.percent', { value: Math.round(volume * 100) })}
        .value=${String(volume)}
        @input=${(event: InputEvent) => {
          this.session.volume = Number((event.target as HTMLInputElement).value);
        }}
      />
    </span>`;
  }

  #toggle(kind: DeviceKind, keys: string, on: boolean, icon: TemplateResult, act: () => void): TemplateResult {
    const device = this.#words.say(`device.${kind}`);
    return html`<button
      class="control ${on ? '' : 'off'}"
      type="button"
      aria-label=${device}
      aria-pressed=${on ? 'true' : 'false'}
      aria-keyshortcuts=${keys}
      title=${`${this.#words.say(switchAct(kind, on))} (${keys})`}
      @click=${act}
    >
      ${icon}
    </button>`;
  }

  #hostMenu(): TemplateResult {
    const { facts, moderation } = this.session;
    const hands = facts.roster.filter(({ hand }) => hand !== undefined).length;
    return html`<gridcast-host-menu ?locked=${moderation.locked} .hands=${hands}></gridcast-host-menu>`;
  }

  #panelButton(panel: PanelName, keys: string, icon: TemplateResult, news = 0): TemplateResult {
    const word = this.#words.say(`controls.${panel}`);
    const told = news > 0 ? `${word}: ${this.#words.say('chat.new', { count: news })}` : word;
    return html`<button
      class="control"
      type="button"
      data-panel=${panel}
      aria-expanded=${this.panel === panel ? 'true' : 'false'}
      aria-keyshortcuts=${keys}
      title=${`${told} (${keys})`}
      aria-label=${told}
      @click=${() => this.#togglePanel(panel)}
    >
      ${icon}<span class="word">${word}</span>
      ${news > 0 ? html`<span class="badge">${news > MOST_NEWS ? `${MOST_NEWS}+` : news}</span>` : nothing}
    </button>`;
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    const action = altActionOf(event);
    if (!action || !this.#act(action)) return;
    event.preventDefault();
  };

  /** Whether it is of use here and now. */
  #act(action: AltAction): boolean {
    const host = this.session.self?.role === 'host';
    switch (action) {
      case 'microphone':
        this.#toggleMicrophone();
        return true;
      case 'camera':
        this.#toggleCamera();
        return true;
      case 'hand':
        this.gestures.toggleHand();
        return true;
      case 'people':
      case 'chat':
        this.#togglePanel(action);
        return true;
      case 'layout':
        if (host) this.#togglePanel(action);
        return host;
      case 'marker':
        if (host && this.session.facts.recording) this.#send('gridcast-mark');
        return host && this.session.facts.recording;
    }
  }

  readonly #toggleMicrophone = (): void => toggleMicrophone(this.media);

  readonly #toggleCamera = (): void => toggleCamera(this.media);

  #togglePanel(panel: PanelName): void {
    const detail: PanelChoice = { panel: this.panel === panel ? undefined : panel };
    this.dispatchEvent(new CustomEvent('gridcast-panel', { detail }));
  }

  #send(type: string): void {
    this.dispatchEvent(new CustomEvent(type));
  }
}
