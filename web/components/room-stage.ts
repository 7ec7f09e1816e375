/** `<gridcast-room-stage>`: the room's picture and everything one does during a stay. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { FullScreen } from '../controllers/full-screen.ts';
import type { CallContacts } from '../controllers/call-adding.ts';
import type { HostDesk } from '../controllers/host-desk.ts';
import type { LocalMedia } from '../controllers/local-media.ts';
import { toggleCamera, toggleMicrophone } from '../controllers/media-switches.ts';
import type { ModerationListener } from '../controllers/moderation-news.ts';
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
import type { DroppedFiles, DroppedFilm } from './drop-zone.ts';
import './drop-zone.ts';
import type { GridcastChat } from './gridcast-chat.ts';
import type { GridcastRoomControls, PanelChoice, PanelName } from './room-controls.ts';
import './room-controls.ts';
import type { GridcastRoomDialogs } from './room-dialogs.ts';
import './room-dialogs.ts';
import type { GridcastRoomHeader, ToolChoice } from './room-header.ts';
import './room-header.ts';
import { ownState } from './room-own-state.ts';
import type { GridcastRoomModeration } from './room-moderation.ts';
import './room-moderation.ts';
import './room-overlay.ts';
import type { PersonOrder } from './room-person-deeds.ts';
import type { GridcastRoomReactions } from './room-reactions.ts';
import './room-reactions.ts';
import type { HostDeed } from './host-menu.ts';
import { aloneNote, stageBanners, soundButton, stageProblem } from './room-stage-notes.ts';
import { stagePanel } from './room-stage-panels.ts';
import { stageStyles } from './room-stage-styles.ts';
import type { GridcastRoomToasts } from './room-toasts.ts';
import './room-toasts.ts';
import './stats-panel.ts';

/** There is space beside the picture, or below it on a phone or tablet held upright. */
const ROOMY = '(min-width: 64rem), (max-width: 63.99rem) and (orientation: portrait) and (min-height: 36rem)';
const KEYS_KEY = 'gridcast.keys';
/** News of more people than this at once is a number. */
const MOST_NAMES = 2;

/** What can stand beside the picture. */
interface PanelElement extends LitElement {
  /** Takes the focus where one begins in it. */
  begin(): void | Promise<void>;
}

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
  /** Contacts of the call that one is in; undefined in every other room. */
  @property({ attribute: false }) contacts: CallContacts | undefined;
  @state() private panel: PanelName | undefined = window.matchMedia(ROOMY).matches ? 'people' : undefined;
  @state() private stats = false;
  @state() private talking = false;
  @state() private keys = recall('local', KEYS_KEY) !== 'off';
  @query('gridcast-room-dialogs') private dialogs!: GridcastRoomDialogs;
  @query('gridcast-room-header') private header!: GridcastRoomHeader;
  @query('gridcast-room-controls') private controls!: GridcastRoomControls;
  @query('gridcast-room-toasts') private toasts!: GridcastRoomToasts;
  @query('gridcast-room-reactions') private reactions!: GridcastRoomReactions;
  @query('gridcast-room-moderation') private moderation!: GridcastRoomModeration;
  readonly #words = new WordsUser(this);
  readonly #roomKeys = new RoomKeys({
    enabled: () => this.keys,
    act: (action) => this.#act(action),
    talk: (down) => this.#talk(down),
  });
  readonly #fullScreen = new FullScreen(this, () => this.requestUpdate());
  readonly #listener: ModerationListener = {
    reaction: (id, emoji) => {
      const name = this.session.facts.roster.find((person) => person.id === id)?.name ?? '';
      this.reactions.show(emoji, name, this.#words.say('gestures.reacted', { name, emoji }));
    },
    told: (what, by) => this.moderation.told(what, by),
    clip: (seconds, newest, by) => this.moderation.clipped(seconds, newest, by),
  };
  #pip: PictureInPicture | undefined;
  #unlock: SoundUnlock | undefined;
  #roster: RoomSession['facts']['roster'] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('beforeunload', this.#hold);
    this.#roomKeys.open();
    this.#fullScreen.open();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('beforeunload', this.#hold);
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
    if (changed.has('session')) this.session.moderation.listener = this.#listener;
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
    const { words } = this.#words;
    return html`<div
      class="stage ${panel ? `with-panel with-${panel}` : ''}"
      @gridcast-person-deed=${({ detail }: CustomEvent<PersonOrder>) => this.moderation.about(detail)}
      @gridcast-host-deed=${({ detail }: CustomEvent<HostDeed>) =>
        detail === 'clips' ? this.dialogs.clips() : this.moderation.aboutAll(detail)}
      @gridcast-empty=${() => this.controls.focusPanelButton('people')}
    >
      <gridcast-room-header
        part="header"
        .session=${this.session}
        .revision=${this.revision}
        ?stats=${this.stats}
        ?pip=${this.#pip?.open ?? false}
        @gridcast-tool=${({ detail }: CustomEvent<ToolChoice>) => this.#use(detail.tool)}
        @gridcast-consent-ask=${() => this.dialogs.askConsent()}
      ></gridcast-room-header>
      ${host ? stageBanners(this.session, this.desk, this.revision, words, this.server) : nothing}
      <div class="picture" part="picture">
        ${this.canvas}
        <gridcast-room-overlay .connection=${connection} ?picture=${picture}></gridcast-room-overlay>
        <gridcast-room-reactions></gridcast-room-reactions>
        <div class="above">
          ${
            this.stats
              ? html`<gridcast-stats-panel
                  part="stats"
                  role="region"
                  aria-label=${this.#words.say('stats.title')}
                  .figures=${this.session.stats}
                  @gridcast-close=${() => {
                    this.#use('stats');
                    this.header.focusStats();
                  }}
                ></gridcast-stats-panel>`
              : nothing
          }
        </div>
        <div class="below">
          <gridcast-room-toasts></gridcast-room-toasts>
          ${soundButton(this.session, this.#unlock, words)} ${stageProblem(this.session, this.media, words)}
          ${aloneNote(this.session, () => this.dialogs.invite(), words)}
          ${ownState(this.session, this.media, this.talking, words)}
        </div>
      </div>
      ${stagePanel(panel, {
        session: this.session,
        desk: this.desk,
        host,
        revision: this.revision,
        words,
        close: (which) => this.#close(which),
      })}
      <gridcast-room-controls
        part="controls"
        .session=${this.session}
        .media=${this.media}
        .revision=${this.revision}
        .panel=${panel}
        ?call=${this.contacts !== undefined}
        ?recordBusy=${this.desk.recording.busy}
        ?fullscreen=${this.#fullScreen.on}
        @gridcast-panel=${({ detail }: CustomEvent<PanelChoice>) => this.#turnTo(detail.panel)}
        @gridcast-invite=${() => this.dialogs.invite()}
        @gridcast-fullscreen=${() => void this.#fullScreen.toggle()}
        @gridcast-mark=${() => this.dialogs.mark()}
        @gridcast-record=${() => void this.dialogs.record()}
        @gridcast-record-pause=${() => void this.dialogs.pauseRecording()}
        @gridcast-leave=${this.#pass}
      ></gridcast-room-controls>
      <gridcast-room-moderation
        .session=${this.session}
        .media=${this.media}
        .desk=${this.desk}
        .revision=${this.revision}
        .server=${this.server}
        .room=${this.room}
        .token=${this.token}
        @gridcast-said=${({ detail }: CustomEvent<string>) => this.toasts.say(detail)}
      ></gridcast-room-moderation>
      ${this.#dialogs(host)}
      <gridcast-drop-zone
        ?shares=${this.session.files.enabled !== false}
        @gridcast-play=${({ detail }: CustomEvent<DroppedFilm>) => void this.media.playFile(detail.file)}
        @gridcast-files=${({ detail }: CustomEvent<DroppedFiles>) => void this.#share(detail)}
      ></gridcast-drop-zone>
    </div>`;
  }

  #dialogs(host: boolean): TemplateResult {
    return html`<gridcast-room-dialogs
      .session=${this.session}
      .desk=${this.desk}
      .media=${this.media}
      .speakers=${this.speakers}
      .revision=${this.revision}
      .server=${this.server}
      .room=${this.room}
      .token=${this.token}
      .theme=${this.theme}
      .contacts=${this.contacts}
      ?host=${host}
      ?keys=${this.keys}
      @gridcast-said=${({ detail }: CustomEvent<string>) => this.toasts.say(detail)}
      @gridcast-marked=${({ detail }: CustomEvent<{ label: string }>) =>
        this.toasts.say(this.#words.say('marker.done', detail))}
      @gridcast-keys=${({ detail }: CustomEvent<{ on: boolean }>) => {
        this.keys = detail.on;
        remember('local', KEYS_KEY, detail.on ? '' : 'off');
      }}
    ></gridcast-room-dialogs>`;
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
    else if (tool === 'settings') this.dialogs.settings();
    else if (tool === 'help') this.dialogs.help();
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

  readonly #pass = (event: Event): void => {
    this.dispatchEvent(new CustomEvent(event.type));
  };

  /** Whoever closes the page by mistake would have to find and choose the same file again. */
  readonly #hold = (event: Event): void => {
    if (this.session.files.queue.busy) event.preventDefault();
  };

  /** Goes to its heading, once it is drawn. */
  async begin(): Promise<void> {
    await this.updateComplete;
    await this.header.updateComplete;
    this.header.focus();
  }

  /** Opens a panel, and goes on in it: where one writes, or at its top. */
  show(panel: PanelName): void {
    this.panel = panel;
    void this.#goOnInPanel();
  }

  async #goOnInPanel(): Promise<void> {
    await this.updateComplete;
    const panel = this.renderRoot.querySelector<PanelElement>('.panel');
    await panel?.updateComplete;
    await panel?.begin();
  }

  /** Whoever closes a panel by a key from within goes on from its button. */
  #turnTo(panel: PanelName | undefined): void {
    const before = this.panel;
    if (panel) this.show(panel);
    else if (before && this.renderRoot.querySelector('.panel:focus-within')) this.#close(before);
    else this.panel = undefined;
  }

  async #share({ files }: DroppedFiles): Promise<void> {
    const left = this.session.files.queue.add(files);
    if (left > 0) this.toasts.say(this.#words.say('files.tooMany', { count: left }));
    this.panel = 'chat';
    await this.updateComplete;
    this.renderRoot.querySelector<GridcastChat>('gridcast-chat')?.showFiles();
  }

  #close(panel: PanelName): void {
    this.panel = undefined;
    this.controls.focusPanelButton(panel);
  }
}
