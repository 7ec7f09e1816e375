/** `<gridcast-room-recording>`: what one is asked, and what hosts can do, while the room is recorded. */
import { html, LitElement, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { Sessions } from '../../src/client/accounts.ts';
import { Transport } from '../../src/client/transport.ts';
import { ApiClient, problemOf } from '../api-client.ts';
import type { CurrentRecording } from '../api-types.ts';
import type { HostDesk } from '../controllers/host-desk.ts';
import type { RoomSession } from '../controllers/room-session.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { inherited } from '../styles/tokens.ts';
import { formatDuration } from '../util/format.ts';
import { signedIn } from '../util/signed-in.ts';
import type { GridcastConfirmDialog } from './confirm-dialog.ts';
import './confirm-dialog.ts';
import type { GridcastConsentDialog } from './consent-dialog.ts';
import './consent-dialog.ts';
import type { ConsentChoice } from './consent-field.ts';
import type { GridcastMarkerDialog } from './marker-dialog.ts';
import './marker-dialog.ts';

/** Asks by itself when a recording needs to know; sends `gridcast-marked` with `detail.label`. */
@customElement('gridcast-room-recording')
export class GridcastRoomRecording extends LitElement {
  static override styles = [inherited];

  @property({ attribute: false }) session!: RoomSession;
  @property({ attribute: false }) desk!: HostDesk;
  /** Renewed by the owner whenever `session` changed. */
  @property({ type: Number }) revision = 0;
  @property() server = location.origin;
  @property() room = '';
  @property() token = '';
  @query('gridcast-consent-dialog') private consent!: GridcastConsentDialog;
  @query('gridcast-marker-dialog') private marker!: GridcastMarkerDialog;
  @query('gridcast-confirm-dialog') private confirm!: GridcastConfirmDialog;
  readonly #words = new WordsUser(this);
  /** They have been asked in this recording, or ask themselves; the roster says it a moment later. */
  #asked = false;
  /** A host is being asked whether it is over. */
  #stopping = false;

  /** Asks a host for the name of this moment. */
  mark(): void {
    this.marker.open();
  }

  /** Asks again whoever wants to change their mind. */
  ask(): void {
    this.#asked = true;
    this.consent.open();
  }

  /** For hosts: starts a recording, or asks whether the one that there is is over. */
  async switch(): Promise<void> {
    const { facts } = this.session;
    if (facts.recording || facts.recordingPaused) await this.#stop();
    else this.#report(await this.desk.recording.start(this.#failed));
  }

  /** For hosts: leaves out what comes, or goes on. */
  async pause(): Promise<void> {
    const { recording } = this.desk;
    const paused = this.session.facts.recordingPaused;
    this.#report(await (paused ? recording.resume(this.#failed) : recording.pause(this.#failed)));
  }

  override updated(): void {
    const { facts, self } = this.session;
    if (!facts.recording || !facts.asksConsent) {
      this.#asked = false;
      this.consent.close();
    } else if (self && self.consent === undefined && !this.#asked) {
      this.ask();
    }
  }

  override render(): TemplateResult {
    return html`<gridcast-consent-dialog
        @gridcast-consent=${({ detail }: CustomEvent<ConsentChoice>) =>
          this.session.say({ type: 'consent', given: detail.given })}
      ></gridcast-consent-dialog>
      <gridcast-confirm-dialog keep=${this.#words.say('recording.stopNot')}></gridcast-confirm-dialog>
      <gridcast-marker-dialog
        .server=${this.server}
        .room=${this.room}
        .token=${this.token}
        @gridcast-marked=${({ detail }: CustomEvent<{ label: string }>) =>
          this.dispatchEvent(new CustomEvent('gridcast-marked', { detail }))}
      ></gridcast-marker-dialog>`;
  }

  get #failed(): string {
    return this.#words.say('over.recordingFailed');
  }

  async #stop(): Promise<void> {
    if (this.#stopping) return;
    this.#stopping = true;
    try {
      const account = this.#account();
      const current = await this.desk.recording.current(
        account === undefined ? undefined : new ApiClient(this.server, account),
      );
      if (current && (await this.#isOver(current))) {
        this.#report(await this.desk.recording.stop(current, this.#failed, this.#isAdmin(account)));
      }
    } catch (error) {
      this.#report(problemOf(this.#failed, error));
    } finally {
      this.#stopping = false;
    }
  }

  /** What is kept, and where it will be, is said before it is decided. */
  #isOver({ duration, own, owned }: CurrentRecording): Promise<boolean> {
    const length = formatDuration(duration);
    const where = own ? 'recording.stopOwn' : owned ? 'recording.stopOwned' : 'recording.stopAdmins';
    return this.confirm.ask({
      heading: this.#words.say('recording.stopTitle'),
      text: this.#words.say(where, { length }),
      action: this.#words.say('controls.recordStop'),
    });
  }

  /** Token of whoever has signed in; a page of another site knows nobody of this server. */
  #account(): string | undefined {
    return new URL(this.server, location.href).origin === location.origin ? signedIn()?.token : undefined;
  }

  /** Never rejects: to whom the server says nothing, the admin page would not say more. */
  async #isAdmin(token: string | undefined): Promise<boolean> {
    if (token === undefined) return false;
    const session = await new Sessions(new Transport({ url: this.server, token })).get().catch(() => undefined);
    return session?.role === 'admin';
  }

  #report(problem: Parameters<RoomSession['report']>[0] | undefined): void {
    if (problem) this.session.report(problem);
  }
}
