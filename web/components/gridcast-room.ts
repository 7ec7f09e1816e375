/** `<gridcast-room>`: a participant's whole stay, from the look into the camera to goodbye. */
import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { describeMissingFeatures } from '../capture/device-words.ts';
import { browserFeatures } from '../capture/devices.ts';
import type { CallContacts } from '../controllers/call-adding.ts';
import { LocalMedia } from '../controllers/local-media.ts';
import { RoomEntry } from '../controllers/room-entry.ts';
import type { RoomStay } from '../controllers/room-stay.ts';
import { RoomTabs } from '../controllers/room-tabs.ts';
import { Speakers } from '../controllers/speakers.ts';
import { TitleNews } from '../controllers/title-news.ts';
import type { Catalogue } from '../i18n/message.ts';
import { WordsProvider } from '../i18n/words-controller.ts';
import { chime } from '../media/chime.ts';
import { tokens } from '../styles/tokens.ts';
import { ownIdentity } from '../util/own-identity.ts';
import { isOutdated, joinProblem, loadPart } from '../util/load-part.ts';
import type { Problem } from '../util/problem.ts';
import { recallTheme, rememberTheme, type Theme, type ThemeChoice } from '../util/theme.ts';
import './room-over.ts';
import type { GridcastRoomPrejoin, JoinChoice } from './room-prejoin.ts';
import './room-prejoin.ts';
import type { GridcastRoomStage } from './room-stage.ts';

/** What one needs in a room, more than half of the page: loaded while one looks into the camera. */
const loadInside = () => loadPart(() => import('./room-inside.ts'), import.meta.url);

/** How somebody comes who has decided already to go in, as in a call. */
export interface RoomArrival {
  readonly name: string;
  /** Whether the camera is on at first. */
  readonly camera: boolean;
}

/** For the page around it: somebody is in the room. */
export interface RoomJoined {
  readonly room: string;
  /** Id of the participant. */
  readonly participant: string;
}

/** For the page around it: the stay is over; without a problem they left by themselves. */
export interface RoomLeft {
  readonly room: string;
  readonly problem: Problem | undefined;
}

/**
 * In another page: `<gridcast-room server="https://…" room="ROOM" token="…">`. Sends `gridcast-joined` with a RoomJoined and
 * `gridcast-left` with a RoomLeft, or `gridcast-refused` with one when they never came in.
 */
@customElement('gridcast-room')
export class GridcastRoom extends LitElement {
  static override styles = [
    tokens,
    css`
      :host {
        display: block;
        min-height: var(--gridcast-height, 100dvh);
        background: var(--gc-bg);
      }
    `,
  ];

  @property() server = location.origin;
  @property() room = '';
  @property() token = '';
  /** Token of the account that has signed in here: without a token, whoever made the room and admins come in with it. */
  @property({ attribute: false }) account = '';
  /** What stands in the field for the name at first; else the name used last. */
  @property() name = '';
  /** Goes in by itself, once; where people are asked about recordings, they are asked before. */
  @property({ attribute: false }) arrival: RoomArrival | undefined;
  /** In a call: others are rung from the contacts. */
  @property({ attribute: false }) contacts: CallContacts | undefined;
  /** At first as it was chosen last. */
  @property({ reflect: true }) theme: Theme = recallTheme();
  /** Sentences in another language; undefined: English. */
  @property({ attribute: false }) catalogue: Catalogue | undefined;
  @state() private phase: 'before' | 'joining' | 'in' | 'over' = 'before';
  @state() private problem: Problem | undefined;
  @state() private revision = 0;
  readonly #words = new WordsProvider(this);
  #speakers = new Speakers(() => this.#changed());
  #media = this.#createMedia();
  #entry = new RoomEntry({ server: '', room: '', token: '' });
  readonly #tabs = new RoomTabs(() => this.#onTabs());
  #name = '';
  #identity = ownIdentity();
  #stay: RoomStay | undefined;
  #context: AudioContext | undefined;
  readonly #titleNews = new TitleNews(this);
  #canvas = document.createElement('canvas');
  #noRoom = false;
  #away = false;
  #waited = false;
  #stayed = false;
  /** Before the page was drawn anew. */
  #hadFocus = false;

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('pagehide', this.#leave);
    this.addEventListener('gridcast-theme', this.#onTheme);
    if (!this.#away) return;
    this.#away = false;
    // Put somewhere else in its page: whoever was in has left, and whoever was about to join is about to again.
    this.#speakers = new Speakers(() => this.#changed());
    if (!this.hasUpdated) this.#media = this.#createMedia();
    else if (this.phase === 'before') this.#again();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#away = true;
    window.removeEventListener('pagehide', this.#leave);
    this.removeEventListener('gridcast-theme', this.#onTheme);
    if (this.phase === 'in' || this.phase === 'joining') this.#finish(undefined);
    else this.#end();
    this.#tabs.close();
    this.#speakers.close();
  }

  protected override scheduleUpdate(): void | Promise<unknown> {
    return this.#words.draw(() => super.scheduleUpdate());
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('catalogue')) this.#words.speak(this.catalogue);
    this.#hadFocus = this.#hasFocus;
  }

  override firstUpdated(): void {
    // It may have been taken away while its language was on its way: nobody would shut the camera.
    if (!this.isConnected) return;
    const missing = describeMissingFeatures(browserFeatures());
    if (missing) this.#finish(missing);
    else if (this.room === '') this.#finishWithoutRoom();
    else void this.#look();
  }

  override updated(): void {
    this.#titleNews.tell(this.#stay?.session.facts.title || this.#entry.title);
    // What stood before the room had the focus, and is gone.
    if (this.#hadFocus && !this.#hasFocus) {
      void this.renderRoot.querySelector<GridcastRoomStage>('gridcast-room-stage')?.begin();
    }
  }

  override render(): TemplateResult {
    if (this.phase === 'over') {
      return html`<gridcast-room-over
        part="over"
        .problem=${this.problem}
        .room=${this.room}
        .server=${this.server}
        ?exists=${!this.#noRoom}
        @gridcast-again=${this.#again}
      ></gridcast-room-over>`;
    }
    const waiting = this.phase === 'in' ? this.#stay?.session.waiting : undefined;
    if (waiting) {
      return html`<gridcast-room-waiting
        part="waiting"
        .waiting=${waiting}
        .media=${this.#media}
        .name=${this.#name}
        .revision=${this.revision}
        ?lost=${this.#stay?.session.connection.kind === 'reconnecting'}
        @gridcast-leave=${this.#leave}
      ></gridcast-room-waiting>`;
    }
    if (this.phase === 'in' && this.#stay && this.#context) {
      return html`<gridcast-room-stage
          part="stage"
          exportparts="header, picture, program, stats, panel, controls, notice, alone, own"
          .context=${this.#context}
          .speakers=${this.#speakers}
          .theme=${this.theme}
          .session=${this.#stay.session}
          .media=${this.#media}
          .desk=${this.#stay.desk}
          .canvas=${this.#canvas}
          .revision=${this.revision}
          .server=${this.server}
          .room=${this.room}
          .token=${this.#entry.token}
          .contacts=${this.contacts}
          @gridcast-leave=${this.#leave}
        ></gridcast-room-stage>`;
    }
    return html`<gridcast-room-prejoin
      part="prejoin"
      exportparts="preview"
      .media=${this.#media}
      .speakers=${this.#speakers}
      .name=${this.name}
      .server=${this.server}
      .theme=${this.theme}
      .revision=${this.revision}
      ?known=${this.#entry.known}
      .title=${this.#entry.title}
      .door=${this.#entry.door}
      ?asksPassword=${this.#entry.asksPassword}
      .passwordProblem=${this.#entry.passwordProblem}
      ?asksConsent=${this.#entry.asksConsent}
      ?recording=${this.#entry.recording}
      ?recorded=${this.#entry.recorded}
      ?elsewhere=${this.phase === 'before' && this.#tabs.has(this.#entry.token)}
      ?busy=${this.phase === 'joining'}
      @gridcast-join=${this.#join}
    ></gridcast-room-prejoin>`;
  }

  /** Opens camera and microphone, and asks early whether the room exists. */
  async #look(): Promise<void> {
    const { arrival } = this;
    this.arrival = undefined;
    const devices = [this.#media.open('microphone')];
    if (arrival?.camera !== false) devices.push(this.#media.open('camera'));
    const entry = new RoomEntry(this);
    this.#entry = entry;
    this.#tabs.look(this.server, this.room);
    const exists = await entry.look();
    if (entry !== this.#entry) return;
    this.#onTabs();
    loadInside().catch(() => undefined);
    if (this.phase === 'before') {
      if (!exists) this.#finishWithoutRoom();
      else if (entry.refusal) this.#finish(entry.refusal);
    }
    if (!arrival || entry.asksConsent) return;
    await Promise.all(devices);
    if (entry === this.#entry) await this.#enter({ name: arrival.name, consent: undefined, password: undefined });
  }

  /** Another tab is in this room, or no longer. */
  #onTabs(): void {
    if (this.phase === 'before') this.#entry.lend(this.#tabs.passFor(this.token));
    this.#changed();
  }

  #join(event: CustomEvent<JoinChoice>): void {
    void this.#enter(event.detail);
  }

  async #enter({ name, consent, password }: JoinChoice): Promise<void> {
    if (this.phase !== 'before') return;
    this.phase = 'joining';
    this.#media.dismissProblems();
    // Within the click: browsers let sound start only then.
    const context = new AudioContext({ sampleRate: 48000, latencyHint: 'interactive' });
    this.#context = context;
    context.resume().catch(() => undefined);
    this.#speakers.use(context);
    this.#name = name;
    const entry = this.#entry;
    await entry.settled;
    if (password !== undefined && !(await entry.enter(password, name))) {
      this.#forget(context);
      return;
    }
    if (this.#context !== context) return;
    let stay: RoomStay | undefined;
    try {
      const { openStay } = await loadInside();
      if (this.#context !== context) return;
      stay = openStay({
        server: this.server,
        room: this.room,
        token: entry.token,
        name,
        identity: this.#identity,
        consent,
        context,
        canvas: this.#canvas,
        media: this.#media,
        words: () => this.#words.words,
        openChat: () => this.renderRoot.querySelector<GridcastRoomStage>('gridcast-room-stage')?.show('chat'),
        changed: () => this.#changed(),
        onSession: (changed) => this.#onSession(changed),
      });
      this.#stay = stay;
      await stay.session.start();
      if (this.#stay === stay && this.phase === 'joining') this.phase = 'in';
    } catch (error) {
      if (this.#context !== context || this.#stay !== stay) return;
      this.#finish(joinProblem(this.#words.words, error));
    }
  }

  /** Nobody came in: they may try again. */
  #forget(context: AudioContext): void {
    void context.close();
    if (this.#context !== context) return;
    this.#context = undefined;
    this.phase = 'before';
  }

  #onSession(stay: RoomStay): void {
    if (stay !== this.#stay) return;
    const { session, desk } = stay;
    const { connection } = session;
    const waited = this.#waited;
    this.#waited = session.waiting !== undefined;
    // Whoever waited may look elsewhere.
    if (waited && connection.kind === 'joined' && this.#context) chime(this.#context, 'open');
    if (connection.kind === 'closed') {
      this.#finish(connection.problem);
    } else {
      if (connection.kind === 'joined' && !this.#stayed) {
        this.#stayed = true;
        this.#tabs.enter(this.#entry.pass);
        const detail: RoomJoined = { room: this.room, participant: connection.welcome.participant };
        this.dispatchEvent(new CustomEvent('gridcast-joined', { detail }));
      }
      desk.follow(session.facts);
      this.#changed();
    }
  }

  /** Also when the page is put aside: coming back to it by the browser's history must not find a dead room. */
  readonly #leave = (): void => this.#finish(undefined);

  readonly #again = (): void => {
    if (isOutdated(this.problem)) return location.reload();
    this.problem = undefined;
    this.#noRoom = false;
    this.#media = this.#createMedia();
    this.#canvas = document.createElement('canvas');
    const hadFocus = this.#hasFocus;
    this.phase = 'before';
    void this.#look();
    if (hadFocus) void this.#beginAnew();
  };

  get #hasFocus(): boolean {
    return this.shadowRoot !== null && this.shadowRoot.activeElement !== null;
  }

  /** What had the focus is gone: whoever works with the keyboard goes on at the top of what is there now. */
  async #beginAnew(): Promise<void> {
    await this.updateComplete;
    const prejoin = this.renderRoot.querySelector<GridcastRoomPrejoin>('gridcast-room-prejoin');
    await prejoin?.updateComplete;
    prejoin?.focus();
  }

  readonly #onTheme = (event: Event): void => {
    if (!(event instanceof CustomEvent)) return;
    this.theme = (event.detail as ThemeChoice).theme;
    rememberTheme(this.theme);
  };

  #finishWithoutRoom(): void {
    this.#noRoom = true;
    // A link without the name of a room will never lead to one.
    const problem =
      this.room === ''
        ? { title: this.#words.say('watch.noRoom'), detail: this.#words.say('watch.noRoomDetail') }
        : { title: this.#words.say('over.noRoom'), detail: this.#words.say('over.noRoomDetail'), code: 'room.missing' };
    this.#finish({ ...problem, retry: false });
  }

  #finish(problem: Problem | undefined): void {
    this.#end();
    this.problem = problem;
    this.phase = 'over';
    const detail: RoomLeft = { room: this.room, problem };
    if (this.#stayed || problem) {
      this.dispatchEvent(new CustomEvent(this.#stayed ? 'gridcast-left' : 'gridcast-refused', { detail }));
    }
    this.#stayed = false;
  }

  #end(): void {
    this.#tabs.leave();
    this.#stay?.close();
    this.#stay = undefined;
    this.#media.close();
    if (this.#context && this.#context.state !== 'closed') void this.#context.close();
    this.#context = undefined;
  }

  #createMedia(): LocalMedia {
    const media: LocalMedia = new LocalMedia(() => {
      if (media !== this.#media) return;
      this.#stay?.session.mediaChanged();
      this.#changed();
    });
    return media;
  }

  /** Lit draws once for all changes of a turn. */
  #changed(): void {
    this.revision += 1;
  }
}
