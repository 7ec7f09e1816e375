/** `<gridcast-room-stage>`: the room's picture and everything one does during a stay. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { HostDesk } from '../controllers/host-desk.ts';
import type { LocalMedia } from '../controllers/local-media.ts';
import type { RoomSession } from '../controllers/room-session.ts';
import { buttons, surfaces } from '../styles/controls.ts';
import { stageTokens } from '../styles/tokens.ts';
import { icons } from './icons.ts';
import type { GridcastInviteDialog } from './invite-dialog.ts';
import './invite-dialog.ts';
import './notice.ts';
import type { GridcastRoomControls, PanelChoice, PanelName } from './room-controls.ts';
import './room-controls.ts';
import './room-layout-panel.ts';
import './room-panel.ts';
import { stageStyles } from './room-stage-styles.ts';

/** Sends `gridcast-leave` and `gridcast-record` (a host wants to start or stop it). */
@customElement('gridcast-room-stage')
export class GridcastRoomStage extends LitElement {
  static override styles = [stageTokens, buttons, surfaces, stageStyles];

  @property({ attribute: false }) session!: RoomSession;
  @property({ attribute: false }) media!: LocalMedia;
  @property({ attribute: false }) desk!: HostDesk;
  @property({ attribute: false }) canvas!: HTMLCanvasElement;
  /** Renewed by the owner whenever `session`, `media` or `desk` changed. */
  @property({ type: Number }) revision = 0;
  @property() server = location.origin;
  @property() room = '';
  @property() token = '';
  /** A request to start or stop recording is on its way. */
  @property({ type: Boolean }) recordBusy = false;
  @state() private panel: PanelName | undefined = window.matchMedia('(min-width: 64rem)').matches
    ? 'people'
    : undefined;
  @query('gridcast-invite-dialog') private invite!: GridcastInviteDialog;
  @query('gridcast-room-controls') private controls!: GridcastRoomControls;

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('canvas')) return;
    this.canvas.setAttribute('role', 'img');
    this.canvas.setAttribute('aria-label', 'Live picture of everybody in the room');
  }

  override render(): TemplateResult {
    const { facts, self } = this.session;
    const host = self?.role === 'host';
    const panel = this.panel === 'layout' && !host ? undefined : this.panel;
    return html`<div class="stage ${panel ? `with-panel with-${panel}` : ''}">
      <header>
        <h1>${facts.title || 'Room'}</h1>
        ${facts.recording ? html`<span class="badge live" title="What is seen and heard is being kept">REC</span>` : nothing}
        ${self?.muted ? html`<span class="badge warn" role="status">A host muted you</span>` : nothing}
        <span class="connection">${this.#connectionBadge()}</span>
        <span class="visually-hidden" role="status">${facts.recording ? 'This room is being recorded' : ''}</span>
      </header>
      ${host ? this.#notice() : nothing}
      <div class="picture">
        ${this.canvas} ${this.#overlay()}
        ${this.#problem()}
      </div>
      ${panel === 'people' ? this.#people(host) : nothing}
      ${
        panel === 'layout'
          ? html`<gridcast-room-layout-panel
              class="panel"
              role="complementary"
              aria-label="Layout of the room"
              .desk=${this.desk}
              .facts=${facts}
              .revision=${this.revision}
              @gridcast-close=${() => this.#close('layout')}
              @keydown=${this.#onPanelKey}
            ></gridcast-room-layout-panel>`
          : nothing
      }
      <gridcast-room-controls
        .session=${this.session}
        .media=${this.media}
        .revision=${this.revision}
        .panel=${panel}
        ?recordBusy=${this.recordBusy}
        @gridcast-panel=${({ detail }: CustomEvent<PanelChoice>) => {
          this.panel = detail.panel;
        }}
        @gridcast-invite=${() => void this.invite.open()}
        @gridcast-fullscreen=${this.#fullscreen}
        @gridcast-record=${this.#pass}
        @gridcast-leave=${this.#pass}
      ></gridcast-room-controls>
      <gridcast-invite-dialog
        .server=${this.server}
        .room=${this.room}
        .token=${this.token}
        ?host=${host}
      ></gridcast-invite-dialog>
    </div>`;
  }

  #people(host: boolean): TemplateResult {
    const { facts, self, stats } = this.session;
    return html`<gridcast-room-panel
      class="panel"
      role="complementary"
      aria-label="People and connection"
      .people=${facts.roster}
      .speaking=${facts.speaking}
      .self=${self?.id ?? ''}
      .controls=${host ? this.desk.people : undefined}
      .revision=${this.revision}
      .stats=${stats}
      @gridcast-close=${() => this.#close('people')}
      @keydown=${this.#onPanelKey}
    ></gridcast-room-panel>`;
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

  /** What hosts should know of the room; nothing is broken, so it is no alarm. */
  #notice(): TemplateResult | typeof nothing {
    const { notice } = this.session.facts;
    if (!notice) return nothing;
    return html`<div class="banner" role="status">
      ${icons.info}<span>${notice.message}</span>
      <button class="button small" type="button" @click=${() => this.session.dismissNotice()}>I see</button>
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

  #close(panel: PanelName): void {
    this.panel = undefined;
    this.controls.focusPanelButton(panel);
  }

  readonly #fullscreen = (): void => {
    const done = document.fullscreenElement ? document.exitFullscreen() : this.requestFullscreen();
    // Refused where the embedding page forbids it; there is nothing to add to that.
    done.catch(() => undefined);
  };
}
