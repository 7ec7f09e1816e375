/** `<gridcast-room-recording>`: what one is asked, and what hosts can do, while the room is recorded. */
import { html, LitElement, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { RoomSession } from '../controllers/room-session.ts';
import { inherited } from '../styles/tokens.ts';
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
  /** Renewed by the owner whenever `session` changed. */
  @property({ type: Number }) revision = 0;
  @property() server = location.origin;
  @property() room = '';
  @property() token = '';
  @query('gridcast-consent-dialog') private consent!: GridcastConsentDialog;
  @query('gridcast-marker-dialog') private marker!: GridcastMarkerDialog;
  /** They have been asked in this recording, or ask themselves; the roster says it a moment later. */
  #asked = false;

  /** Asks a host for the name of this moment. */
  mark(): void {
    this.marker.open();
  }

  /** Asks again whoever wants to change their mind. */
  ask(): void {
    this.#asked = true;
    this.consent.open();
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
      <gridcast-marker-dialog
        .server=${this.server}
        .room=${this.room}
        .token=${this.token}
        @gridcast-marked=${({ detail }: CustomEvent<{ label: string }>) =>
          this.dispatchEvent(new CustomEvent('gridcast-marked', { detail }))}
      ></gridcast-marker-dialog>`;
  }
}
