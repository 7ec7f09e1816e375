/** `<gridcast-room>`: a participant's whole stay, from the look into the camera to goodbye. */
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { ApiClient, ApiError, sentenceOf } from '../api-client.ts';
import { describeMissingFeatures } from '../capture/device-words.ts';
import { browserFeatures } from '../capture/devices.ts';
import { LocalMedia } from '../controllers/local-media.ts';
import { RoomSession } from '../controllers/room-session.ts';
import { buttons, surfaces } from '../styles/controls.ts';
import { tokens } from '../styles/tokens.ts';
import { roomPath, socketUrl } from '../util/links.ts';
import type { Problem } from '../util/problem.ts';
import { mark } from './icons.ts';
import './notice.ts';
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
    buttons,
    surfaces,
    css`
      :host {
        display: block;
        min-height: 100dvh;
        background: var(--gc-bg);
      }
      .over {
        display: grid;
        min-height: 100dvh;
        place-content: center;
        padding: 1rem;
      }
      .over .card {
        display: grid;
        gap: 0.8rem;
        width: min(32rem, calc(100vw - 2rem));
      }
      h1 {
        font-size: 1.5rem;
        line-height: 1.25;
      }
      .actions {
        margin-top: 0.5rem;
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

  override updated(changed: PropertyValues): void {
    if (changed.has('phase') && this.phase === 'over') this.renderRoot.querySelector('h1')?.focus();
  }

  override render(): TemplateResult {
    if (this.phase === 'over') return this.#over();
    if (this.phase === 'in' && this.#session) {
      return html`<gridcast-room-stage
          .session=${this.#session}
          .media=${this.#media}
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

  #over(): TemplateResult {
    return html`<div class="over">
      <div class="card">
        ${mark}
        <h1 tabindex="-1">${this.problem?.title ?? 'You left the room'}</h1>
        <p class="muted">${this.problem?.detail ?? 'Join again whenever you like.'}</p>
        <div class="actions">
          ${
            this.problem?.retry === false
              ? nothing
              : html`<button class="button primary" type="button" @click=${this.#again}>Join again</button>`
          }
          ${
            this.problem === NO_ROOM
              ? nothing
              : html`<a class="button" href=${roomPath('watch', this.room)}>Watch instead</a>`
          }
          <a class="button quiet" href="/">Home</a>
        </div>
      </div>
    </div>`;
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
    if (connection.kind === 'closed') this.#finish(connection.problem);
    else this.#changed();
  }

  async #record(): Promise<void> {
    const session = this.#session;
    if (!session || this.recordBusy) return;
    this.recordBusy = true;
    const api = new ApiClient(this.server, this.token);
    try {
      await (session.recording ? api.stopCurrentRecording(this.room) : api.startRecording(this.room));
    } catch (error) {
      session.report({ title: 'Recording did not change', detail: sentenceOf(error), retry: true });
    } finally {
      this.recordBusy = false;
    }
  }

  /** Also when the page is put aside: coming back to it by the browser's history must not find a dead room. */
  readonly #leave = (): void => this.#finish(undefined);

  #again(): void {
    this.problem = undefined;
    this.#media = this.#createMedia();
    this.#canvas = document.createElement('canvas');
    this.phase = 'before';
    void this.#look();
  }

  #finish(problem: Problem | undefined): void {
    this.#end();
    this.problem = problem;
    this.phase = 'over';
  }

  #end(): void {
    this.#session?.close();
    this.#session = undefined;
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
