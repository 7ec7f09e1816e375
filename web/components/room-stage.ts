/** `<gridcast-room-stage>`: the room's picture and everything one does during a stay. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { FullScreen } from '../controllers/full-screen.ts';
import type { HostDesk } from '../controllers/host-desk.ts';
import type { LocalMedia } from '../controllers/local-media.ts';
import { toggleCamera, toggleMicrophone } from '../controllers/media-switches.ts';
import { PictureInPicture } from '../controllers/picture-in-picture.ts';
import { RoomKeys } from '../controllers/room-keys.ts';
import type { RoomSession } from '../controllers/room-session.ts';
import { SoundUnlock } from '../controllers/sound-unlock.ts';
import type { Speakers } from '../controllers/speakers.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { buttons, surfaces } from '../styles/controls.ts';
import { inherited } from '../styles/tokens.ts';
import { recall, remember } from '../util/page-storage.ts';
import { rosterChanges } from '../util/roster-changes.ts';
import type { RoomAction } from '../util/shortcuts.ts';
import type { Theme } from '../util/theme.ts';
import type { GridcastChat } from './gridcast-chat.ts';
import './gridcast-chat.ts';
import type { GridcastHelpDialog } from './help-dialog.ts';
import './help-dialog.ts';
import { icons } from './icons.ts';
import type { GridcastInviteDialog } from './invite-dialog.ts';
import './invite-dialog.ts';
import './notice.ts';
import type { GridcastRoomControls, PanelChoice, PanelName } from './room-controls.ts';
import './room-controls.ts';
import type { ToolChoice } from './room-header.ts';
import './room-header.ts';
import './room-layout-panel.ts';
import { ownState } from './room-own-state.ts';
import './room-overlay.ts';
import './room-panel.ts';
import type { GridcastRoomRecording } from './room-recording.ts';
import './room-recording.ts';
import { stageStyles } from './room-stage-styles.ts';
import type { GridcastRoomToasts } from './room-toasts.ts';
import './room-toasts.ts';
import type { GridcastSettingsDialog } from './settings-dialog.ts';
import './settings-dialog.ts';
import './stats-panel.ts';

/** There is space beside the picture, or below it on a phone held upright. */
const ROOMY = '(min-width: 64rem), (max-width: 47.99rem) and (orientation: portrait) and (min-height: 36rem)';
const KEYS_KEY = 'gridcast.keys';
/** News of more people than this at once is a number. */
const MOST_NAMES = 2;

/** Sends `gridcast-leave` and `gridcast-record` (a host wants to start or stop it). */
@customElement('gridcast-room-stage')
export class GridcastRoomStage extends LitElement {
  static override styles = [inherited, buttons, surfaces, stageStyles];

  @property({ attribute: false }) session!: RoomSession;
  @property({ attribute: false }) media!: LocalMedia;
  @property({ attribute: false }) speakers!: Speakers;
  @property({ attribute: false }) desk!: HostDesk;
  @property({ attribute: false }) canvas!: HTMLCanvasElement;
  /** Plays the room's sound. */
  @property({ attribute: false }) context!: AudioContext;
  /** Renewed by the owner whenever `session`, `media`, `speakers` or `desk` changed. */
  @property({ type: Number }) revision = 0;
  @property() server = location.origin;
  @property() room = '';
  @property() token = '';
  @property() theme: Theme = 'auto';
  /** A request to start or stop recording is on its way. */
  @property({ type: Boolean }) recordBusy = false;
  @state() private panel: PanelName | undefined = window.matchMedia(ROOMY).matches ? 'people' : undefined;
  @state() private stats = false;
  @state() private talking = false;
  @state() private keys = recall('local', KEYS_KEY) !== 'off';
  @query('gridcast-invite-dialog') private invite!: GridcastInviteDialog;
  @query('gridcast-settings-dialog') private settings!: GridcastSettingsDialog;
  @query('gridcast-help-dialog') private help!: GridcastHelpDialog;
  @query('gridcast-room-recording') private recording!: GridcastRoomRecording;
  @query('gridcast-room-controls') private controls!: GridcastRoomControls;
  @query('gridcast-room-toasts') private toasts!: GridcastRoomToasts;
  readonly #words = new WordsUser(this);
  readonly #roomKeys = new RoomKeys({
    enabled: () => this.keys,
    act: (action) => this.#act(action),
    talk: (down) => this.#talk(down),
  });
  readonly #fullScreen = new FullScreen(this, () => this.requestUpdate());
  #pip: PictureInPicture | undefined;
  #unlock: SoundUnlock | undefined;
  #roster: RoomSession['facts']['roster'] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    this.#roomKeys.open();
    this.#fullScreen.open();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#roomKeys.close();
    this.#fullScreen.close();
    this.#pip?.close();
    this.#unlock?.close();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    const redraw = (): void => this.requestUpdate();
    if (changed.has('canvas')) {
      this.#pip?.close();
      this.#pip = new PictureInPicture(this.canvas, redraw);
      this.canvas.setAttribute('role', 'img');
      this.canvas.setAttribute('part', 'program');
    }
    this.canvas.setAttribute('aria-label', this.#words.say('room.picture'));
    // The bars beside the program are of its own colour.
    this.canvas.style.background = this.session.facts.annotation?.background ?? '';
    if (changed.has('context')) {
      this.#unlock?.close();
      this.#unlock = new SoundUnlock(this.context, redraw);
    }
  }

  override updated(): void {
    const { facts, self } = this.session;
    if (facts.roster === this.#roster) return;
    const before = this.#roster;
    this.#roster = facts.roster;
    // Whoever was there first is no news.
    if (before.length > 0 && self) this.#tell(rosterChanges(before, facts.roster, self.id));
  }

  override render(): TemplateResult {
    const { self, connection, picture } = this.session;
    const host = self?.role === 'host';
    const panel = this.panel === 'layout' && !host ? undefined : this.panel;
    return html`<div class="stage ${panel ? `with-panel with-${panel}` : ''}">
      <gridcast-room-header
        part="header"
        .session=${this.session}
        .revision=${this.revision}
        ?stats=${this.stats}
        ?pip=${this.#pip?.open ?? false}
        @gridcast-tool=${({ detail }: CustomEvent<ToolChoice>) => this.#use(detail.tool)}
        @gridcast-consent-ask=${() => this.recording.ask()}
      ></gridcast-room-header>
      ${host ? this.#notice() : nothing}
      <div class="picture" part="picture">
        ${this.canvas}
        <gridcast-room-overlay .connection=${connection} ?picture=${picture}></gridcast-room-overlay>
        <div class="above">
          ${
            this.stats
              ? html`<gridcast-stats-panel
                  part="stats"
                  role="region"
                  aria-label=${this.#words.say('stats.title')}
                  .figures=${this.session.stats}
                  @gridcast-close=${() => this.#use('stats')}
                ></gridcast-stats-panel>`
              : nothing
          }
        </div>
        <div class="below">
          <gridcast-room-toasts></gridcast-room-toasts>
          ${this.#soundButton()} ${this.#problem()} ${this.#alone()} ${ownState(this.session, this.media, this.talking, this.#words.words)}
        </div>
      </div>
      ${panel === 'people' ? this.#people(host) : nothing} ${panel === 'layout' ? this.#layout() : nothing}
      ${panel === 'chat' ? this.#chat() : nothing}
      <gridcast-room-controls
        part="controls"
        .session=${this.session}
        .media=${this.media}
        .revision=${this.revision}
        .panel=${panel}
        ?recordBusy=${this.recordBusy}
        ?fullscreen=${this.#fullScreen.on}
        @gridcast-panel=${({ detail }: CustomEvent<PanelChoice>) => {
          this.panel = detail.panel;
          if (this.panel === 'chat') void this.#writeSoon();
        }}
        @gridcast-invite=${() => void this.invite.open()}
        @gridcast-fullscreen=${() => void this.#fullScreen.toggle()}
        @gridcast-mark=${() => this.recording.mark()}
        @gridcast-record=${this.#pass}
        @gridcast-leave=${this.#pass}
      ></gridcast-room-controls>
      ${this.#dialogs(host)}
    </div>`;
  }

  #dialogs(host: boolean): TemplateResult {
    return html`<gridcast-invite-dialog
        .server=${this.server}
        .room=${this.room}
        .token=${this.token}
        ?host=${host}
      ></gridcast-invite-dialog>
      <gridcast-room-recording
        .session=${this.session}
        .revision=${this.revision}
        .server=${this.server}
        .room=${this.room}
        .token=${this.token}
        @gridcast-marked=${({ detail }: CustomEvent<{ label: string }>) =>
          this.toasts.say(this.#words.say('marker.done', detail))}
      ></gridcast-room-recording>
      <gridcast-settings-dialog
        .media=${this.media}
        .speakers=${this.speakers}
        .level=${() => this.session.level}
        .theme=${this.theme}
        .revision=${this.revision}
      ></gridcast-settings-dialog>
      <gridcast-help-dialog
        ?keys=${this.keys}
        @gridcast-keys=${({ detail }: CustomEvent<{ on: boolean }>) => {
          this.keys = detail.on;
          remember('local', KEYS_KEY, detail.on ? '' : 'off');
        }}
      ></gridcast-help-dialog>`;
  }

  #people(host: boolean): TemplateResult {
    const { facts, self } = this.session;
    return html`<gridcast-room-panel
      class="panel"
      part="panel"
      role="complementary"
      aria-label=${this.#words.say('room.peoplePanel')}
      .people=${facts.roster}
      .speaking=${facts.speaking}
      .self=${self?.id ?? ''}
      .controls=${host ? this.desk.people : undefined}
      .revision=${this.revision}
      @gridcast-close=${() => this.#close('people')}
      @keydown=${this.#onPanelKey}
    ></gridcast-room-panel>`;
  }

  #layout(): TemplateResult {
    return html`<gridcast-room-layout-panel
      class="panel"
      part="panel"
      role="complementary"
      aria-label=${this.#words.say('room.layoutPanel')}
      .desk=${this.desk}
      .facts=${this.session.facts}
      .revision=${this.revision}
      @gridcast-close=${() => this.#close('layout')}
      @keydown=${this.#onPanelKey}
    ></gridcast-room-layout-panel>`;
  }

  #chat(): TemplateResult {
    return html`<gridcast-chat
      class="panel"
      part="panel"
      role="complementary"
      aria-label=${this.#words.say('chat.title')}
      closable
      .desk=${this.session.chat}
      .revision=${this.revision}
      @gridcast-close=${() => this.#close('chat')}
    ></gridcast-chat>`;
  }

  /** What hosts should know of the room; nothing is broken, so it is no alarm. */
  #notice(): TemplateResult | typeof nothing {
    const { notice } = this.session.facts;
    if (!notice) return nothing;
    const told = { code: `notice.${notice.code}`, title: '', detail: notice.message, retry: false };
    const said = this.#words.words.problem(told);
    return html`<div class="banner" role="status">
      ${icons.info}<span>${notice.participant ? `${notice.participant.name}: ` : ''}${said.detail}</span>
      <button class="button small" type="button" @click=${() => this.session.dismissNotice()}>
        ${this.#words.say('room.understood')}
      </button>
    </div>`;
  }

  #problem(): TemplateResult | typeof nothing {
    const { media, session } = this;
    const found = session.problem ?? media.camera.problem ?? media.microphone.problem ?? media.notice;
    if (!found) return nothing;
    const problem = this.#words.words.problem(found);
    return html`<gridcast-notice class="problem" part="notice" tone="warning" heading=${problem.title}>
      ${problem.detail}
      <button slot="actions" class="button small" type="button" @click=${this.#dismiss}>
        ${this.#words.say('room.dismiss')}
      </button>
    </gridcast-notice>`;
  }

  /** Any click and any key starts the sound; one clear button says so. */
  #soundButton(): TemplateResult | typeof nothing {
    if (this.session.connection.kind !== 'joined' || !this.#unlock?.blocked) return nothing;
    return html`<button class="button primary sound" type="button" @click=${this.#unlock.unlock}>
      ${icons.volumeOff}
      <span>
        ${this.#words.say('room.soundOn')}
        <p>${this.#words.say('room.soundBlocked')}</p>
      </span>
    </button>`;
  }

  #alone(): TemplateResult | typeof nothing {
    const { facts, self, connection, picture } = this.session;
    if (connection.kind !== 'joined' || !picture || !self || facts.roster.length !== 1) return nothing;
    return html`<div class="alone" part="alone">
      <div>
        <p class="heading">${this.#words.say('room.alone')}</p>
        <p class="muted">${this.#words.say('room.aloneHint')}</p>
      </div>
      <button class="button primary" type="button" @click=${() => void this.invite.open()}>
        ${icons.link} ${this.#words.say('room.invite')}
      </button>
    </div>`;
  }

  #tell({ joined, left }: ReturnType<typeof rosterChanges>): void {
    const { toasts } = this;
    if (joined.length > MOST_NAMES) toasts.say(this.#words.say('room.peopleJoined', { count: joined.length }));
    else for (const name of joined) toasts.say(this.#words.say('room.personJoined', { name }));
    if (left.length > MOST_NAMES) toasts.say(this.#words.say('room.peopleLeft', { count: left.length }));
    else for (const name of left) toasts.say(this.#words.say('room.personLeft', { name }));
  }

  #act(action: Exclude<RoomAction, 'talk'>): boolean {
    const { media } = this;
    switch (action) {
      case 'microphone':
        toggleMicrophone(media);
        return true;
      case 'camera':
        toggleCamera(media);
        return true;
      case 'screen':
        if (media.screen.picture) media.stopScreen();
        else void media.shareScreen();
        return true;
      case 'fullscreen':
        void this.#fullScreen.toggle();
        return FullScreen.supported;
      case 'pip':
      case 'help':
        this.#use(action);
        return true;
    }
  }

  #talk(down: boolean): boolean {
    const { media } = this;
    if (down && (!media.microphone.track || media.microphoneOn)) return false;
    this.talking = down;
    media.microphoneOn = down;
    return true;
  }

  #use(tool: ToolChoice['tool']): void {
    if (tool === 'stats') this.stats = !this.stats;
    else if (tool === 'settings') this.settings.open();
    else if (tool === 'help') this.help.open();
    else void this.#toggleWindow();
  }

  async #toggleWindow(): Promise<void> {
    if (!PictureInPicture.supported) return;
    try {
      await this.#pip?.toggle();
    } catch (error) {
      const detail = error instanceof Error ? error.message : '';
      this.session.report({ title: this.#words.say('tools.pipFailed'), detail, retry: true });
    }
  }

  readonly #dismiss = (): void => {
    this.session.dismissProblem();
    this.media.dismissProblems();
  };

  readonly #pass = (event: Event): void => {
    this.dispatchEvent(new CustomEvent(event.type));
  };

  readonly #onPanelKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && this.panel) this.#close(this.panel);
  };

  async #writeSoon(): Promise<void> {
    await this.updateComplete;
    await this.renderRoot.querySelector<GridcastChat>('gridcast-chat')?.begin();
  }

  #close(panel: PanelName): void {
    this.panel = undefined;
    this.controls.focusPanelButton(panel);
  }
}
