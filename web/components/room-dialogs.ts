/** `<gridcast-room-dialogs>`: everything that opens over a room when it is asked for. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { CallContacts } from '../controllers/call-adding.ts';
import type { HostDesk } from '../controllers/host-desk.ts';
import type { LocalMedia } from '../controllers/local-media.ts';
import type { RoomSession } from '../controllers/room-session.ts';
import type { Speakers } from '../controllers/speakers.ts';
import type { Theme } from '../util/theme.ts';
import type { GridcastCallAddDialog } from './call-add-dialog.ts';
import './call-add-dialog.ts';
import type { GridcastClipDialog } from './clip-dialog.ts';
import './clip-dialog.ts';
import type { GridcastHelpDialog } from './help-dialog.ts';
import './help-dialog.ts';
import type { GridcastInviteDialog } from './invite-dialog.ts';
import './invite-dialog.ts';
import type { GridcastRoomRecording } from './room-recording.ts';
import './room-recording.ts';
import type { GridcastSettingsDialog } from './settings-dialog.ts';
import './settings-dialog.ts';

/** Sends `gridcast-marked` with `detail.label`, `gridcast-keys` with `detail.on`, and `gridcast-said` with a sentence. */
@customElement('gridcast-room-dialogs')
export class GridcastRoomDialogs extends LitElement {
  static override styles = css`
    :host {
      display: contents;
    }
  `;

  @property({ attribute: false }) session!: RoomSession;
  @property({ attribute: false }) desk!: HostDesk;
  @property({ attribute: false }) media!: LocalMedia;
  @property({ attribute: false }) speakers!: Speakers;
  /** Renewed by the owner whenever `session`, `media` or `speakers` changed. */
  @property({ type: Number }) revision = 0;
  @property() server = location.origin;
  @property() room = '';
  @property() token = '';
  @property() theme: Theme = 'auto';
  /** The reader is a host. */
  @property({ type: Boolean }) host = false;
  /** Single keys do something. */
  @property({ type: Boolean }) keys = false;
  /** Contacts of the call that one is in; undefined in every other room. */
  @property({ attribute: false }) contacts: CallContacts | undefined;
  @query('gridcast-call-add-dialog') private addDialog!: GridcastCallAddDialog;
  @query('gridcast-clip-dialog') private clipDialog!: GridcastClipDialog;
  @query('gridcast-invite-dialog') private inviteDialog!: GridcastInviteDialog;
  @query('gridcast-settings-dialog') private settingsDialog!: GridcastSettingsDialog;
  @query('gridcast-help-dialog') private helpDialog!: GridcastHelpDialog;
  @query('gridcast-room-recording') private recording!: GridcastRoomRecording;

  /** Asks others in: in a call from the contacts, else by a link. */
  readonly invite = (): void => {
    if (this.contacts) this.addDialog.open();
    else this.#byLink();
  };
  readonly settings = (): void => this.settingsDialog.open();
  readonly help = (): void => this.helpDialog.open();
  /** For hosts: saves what was just shown, and lists what was saved. */
  readonly clips = (): void => this.clipDialog.open();
  /** Asks a host for the name of this moment. */
  readonly mark = (): void => this.recording.mark();
  /** For hosts: starts a recording, or asks whether it is over. */
  readonly record = (): Promise<void> => this.recording.switch();
  /** For hosts: leaves out what comes, or goes on. */
  readonly pauseRecording = (): Promise<void> => this.recording.pause();
  /** Asks again whoever wants to change their mind about being recorded. */
  readonly askConsent = (): void => this.recording.ask();

  override render(): TemplateResult {
    return html`<gridcast-call-add-dialog
        .server=${this.server}
        .contacts=${this.contacts}
        .here=${this.session.facts.roster.map(({ id }) => id)}
        @gridcast-invite=${this.#byLink}
        @gridcast-said=${this.#pass}
      ></gridcast-call-add-dialog>
      <gridcast-invite-dialog
        .server=${this.server}
        .room=${this.room}
        .token=${this.token}
        ?host=${this.host}
      ></gridcast-invite-dialog>
      <gridcast-clip-dialog
        .server=${this.server}
        .room=${this.room}
        .token=${this.token}
        ?recording=${this.session.facts.recording}
      ></gridcast-clip-dialog>
      <gridcast-room-recording
        .session=${this.session}
        .desk=${this.desk}
        .revision=${this.revision}
        .server=${this.server}
        .room=${this.room}
        .token=${this.token}
        @gridcast-marked=${this.#pass}
      ></gridcast-room-recording>
      <gridcast-settings-dialog
        .media=${this.media}
        .speakers=${this.speakers}
        .level=${() => this.session.level}
        .theme=${this.theme}
        .revision=${this.revision}
      ></gridcast-settings-dialog>
      <gridcast-help-dialog ?keys=${this.keys} @gridcast-keys=${this.#pass}></gridcast-help-dialog>`;
  }

  readonly #byLink = (): void => void this.inviteDialog.open();

  readonly #pass = ({ type, detail }: CustomEvent<unknown>): void => {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  };
}
