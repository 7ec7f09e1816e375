/** `<gridcast-room>`: a participant's whole stay, from the look into the camera to goodbye. */
// Before anything makes a schema.
import '../transport/zod-without-eval.ts';
import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { ApiClient, ApiError, sentenceOf } from '../api-client.ts';
import { describeMissingFeatures } from '../capture/device-words.ts';
import { browserFeatures } from '../capture/devices.ts';
import { HostDesk } from '../controllers/host-desk.ts';
import { LocalMedia } from '../controllers/local-media.ts';
import { RoomSession } from '../controllers/room-session.ts';
import { tokens } from '../styles/tokens.ts';
import { socketUrl } from '../util/links.ts';
import type { Problem } from '../util/problem.ts';
import './room-over.ts';
import './room-prejoin.ts';
import './room-stage.ts';

const NO_ROOM: Problem = {
  title: 'There is no such room',
  detail: 'It may have been deleted, or the link is incomplete. Check the link, or create a new room.',
  retry: false,
};

/** In another page: `<gridcast-room server="https://…" room="ROOM" token="…">`. */
@customElement('gridcast-room')
export class GridcastRoom extends LitElement {
  static override styles = [
    tokens,
    css`
      :host {
        display: block;
        min-height: 100dvh;
        background: var(--gc-bg);
      }
    `,
  ];

  @property() server = location.origin;
  @property() room = '';
  @property() token = '';
  @state() private phase: 'before' | 'joining' | 'in' | 'over' = 'before';
  @state() private problem: Problem | undefined;
  @state() private roomTitle = '';
  @state() private recordBusy = false;
  @state() private revision = 0;
  #media = this.#createMedia();
  #session: RoomSession | undefined;
  #desk: HostDesk | undefined;
  #context: AudioContext | undefined;
  #canvas = document.createElement('canvas');

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('pagehide', this.#leave);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('pagehide', this.#leave);
    this.#end();
  }

  override firstUpdated(): void {
    const missing = describeMissingFeatures(browserFeatures());
    if (missing) this.#finish(missing);
    else if (this.room === '') this.#finish(NO_ROOM);
    else void this.#look();
  }

  override render(): TemplateResult {
    if (this.phase === 'over') {
      return html`<gridcast-room-over
        .problem=${this.problem}
        .room=${this.room}
        ?exists=${this.problem !== NO_ROOM}
        @gridcast-again=${this.#again}
      ></gridcast-room-over>`;
    }
    if (this.phase === 'in' && this.#session && this.#desk) {
      return html`<gridcast-room-stage
          .session=${this.#session}
          .media=${this.#media}
          .desk=${this.#desk}
          .canvas=${this.#canvas}
          .revision=${this.revision}
          .server=${this.server}
          .room=${this.room}
          .token=${this.token}
          ?recordBusy=${this.recordBusy}
          @gridcast-leave=${this.#leave}
          @gridcast-record=${this.#record}
        ></gridcast-room-stage>`;
    }
    return html`<gridcast-room-prejoin
      .media=${this.#media}
      .revision=${this.revision}
      .title=${this.roomTitle}
      ?busy=${this.phase === 'joining'}
      @gridcast-join=${this.#join}
    ></gridcast-room-prejoin>`;
  }

  /** Opens camera and microphone, and asks early whether the room exists. */
  async #look(): Promise<void> {
    void this.#media.open('camera');
    void this.#media.open('microphone');
    try {
      this.roomTitle = (await new ApiClient(this.server, this.token).room(this.room)).title;
    } catch (error) {
      if (this.phase === 'before' && error instanceof ApiError && error.status === 404) {
        this.#finish(NO_ROOM);
      }
      // Anything else will be said, with its remedy, when joining fails for the same reason.
    }
  }

  async #join(event: CustomEvent<{ name: string }>): Promise<void> {
    if (this.phase !== 'before') return;
    this.phase = 'joining';
    this.#media.dismissProblems();
    // Within the click: browsers let sound start only then.
    const context = new AudioContext({ sampleRate: 48000, latencyHint: 'interactive' });
    this.#context = context;
    context.resume().catch(() => undefined);
    const session = new RoomSession({
      url: socketUrl(this.server, this.room),
      token: this.token,
      name: event.detail.name,
      context,
      canvas: this.#canvas,
      media: this.#media,
      changed: () => this.#onSession(session),
    });
    this.#session = session;
    this.#desk = new HostDesk(new ApiClient(this.server, this.token), this.room, () => this.#changed());
    try {
      await session.start();
      if (this.#session === session && this.phase === 'joining') this.phase = 'in';
    } catch (error) {
      this.#finish({
        title: 'Joining did not work',
        detail: `${sentenceOf(error)} Reload the page and try again.`,
        retry: true,
      });
    }
  }

  #onSession(session: RoomSession): void {
    if (session !== this.#session) return;
    const { connection } = session;
    if (connection.kind === 'closed') {
      this.#finish(connection.problem);
    } else {
      this.#desk?.follow(session.facts);
      this.#changed();
    }
  }

  async #record(): Promise<void> {
    const session = this.#session;
    if (!session || this.recordBusy) return;
    this.recordBusy = true;
    const api = new ApiClient(this.server, this.token);
    try {
      await (session.facts.recording ? api.stopCurrentRecording(this.room) : api.startRecording(this.room));
    } catch (error) {
      session.report({ title: 'Recording did not change', detail: sentenceOf(error), retry: true });
    } finally {
      this.recordBusy = false;
    }
  }

  /** Also when the page is put aside: coming back to it by the browser's history must not find a dead room. */
  readonly #leave = (): void => this.#finish(undefined);

  readonly #again = (): void => {
    this.problem = undefined;
    this.#media = this.#createMedia();
    this.#canvas = document.createElement('canvas');
    this.phase = 'before';
    void this.#look();
  };

  #finish(problem: Problem | undefined): void {
    this.#end();
    this.problem = problem;
    this.phase = 'over';
  }

  #end(): void {
    this.#session?.close();
    this.#session = undefined;
    this.#desk?.close();
    this.#desk = undefined;
    this.#media.close();
    if (this.#context && this.#context.state !== 'closed') void this.#context.close();
    this.#context = undefined;
  }

  #createMedia(): LocalMedia {
    const media: LocalMedia = new LocalMedia(() => {
      if (media !== this.#media) return;
      this.#session?.mediaChanged();
      this.#changed();
    });
    return media;
  }

  /** Lit draws once for all changes of a turn. */
  #changed(): void {
    this.revision += 1;
  }
}
