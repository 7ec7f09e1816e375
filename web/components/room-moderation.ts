/** `<gridcast-room-moderation>`: asks and answers between hosts and people: requests, confirmations, the list of bans. */
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { BannedPerson } from '../../src/client/types.ts';
import type { ToldWhat } from '../../src/protocol/moderation.ts';
import { problemOf } from '../api-client.ts';
import { HostDeeds } from '../controllers/host-deeds.ts';
import type { HostDesk } from '../controllers/host-desk.ts';
import { spotlight, togglePinned } from '../controllers/layout-changes.ts';
import type { LocalMedia } from '../controllers/local-media.ts';
import type { RoomSession } from '../controllers/room-session.ts';
import { RowFocus } from '../controllers/row-focus.ts';
import { tileRows } from '../controllers/tile-rows.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { buttons } from '../styles/controls.ts';
import { dialogs } from '../styles/dialog.ts';
import { inherited } from '../styles/tokens.ts';
import { clipNews } from '../util/clip-words.ts';
import type { HostDeed } from './host-menu.ts';
import { icons } from './icons.ts';
import type { PersonOrder } from './room-person-deeds.ts';

interface Question {
  readonly title: string;
  readonly text: string;
  readonly yes: string;
  readonly no: string;
  readonly danger: boolean;
  answer(agreed: boolean): void;
}

/** Sends `gridcast-said` with a sentence, for everything that went well. */
@customElement('gridcast-room-moderation')
export class GridcastRoomModeration extends LitElement {
  static override styles = [
    inherited,
    buttons,
    dialogs,
    css`
      h2 {
        font-size: 1.2rem;
        overflow-wrap: anywhere;
      }
      .body {
        margin: 0.6rem 0 1.2rem;
        color: var(--gc-muted);
      }
      .actions {
        justify-content: flex-end;
      }
      ul {
        display: grid;
        gap: 0.4rem;
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: flex;
        gap: 0.8rem;
        align-items: center;
        justify-content: space-between;
        padding: 0.5rem 0.5rem 0.5rem 0.9rem;
        border-radius: var(--gc-radius-small);
        background: var(--gc-raised);
      }
      li div {
        min-width: 0;
        overflow-wrap: anywhere;
      }
      .by {
        color: var(--gc-muted);
        font-size: 0.85rem;
      }
    `,
  ];

  @property({ attribute: false }) session!: RoomSession;
  @property({ attribute: false }) media!: LocalMedia;
  @property({ attribute: false }) desk!: HostDesk;
  /** Renewed by the owner whenever `session` changed. */
  @property({ type: Number }) revision = 0;
  @property() server = location.origin;
  @property() room = '';
  @property() token = '';
  @state() private question: Question | undefined;
  @state() private bans: readonly BannedPerson[] = [];
  @query('#question') private questionDialog!: HTMLDialogElement;
  @query('#bans') private bansDialog!: HTMLDialogElement;
  readonly #words = new WordsUser(this);
  protected readonly rowFocus = new RowFocus(this, { last: '#bans .top button' });
  #asked: RoomSession['moderation']['asked'];

  /** Does what a host wants to be done about somebody. */
  readonly about = ({ deed, id, name }: PersonOrder): void => {
    const { session } = this;
    switch (deed) {
      case 'ask-unmute':
      case 'ask-video':
        session.moderation.ask(deed === 'ask-unmute' ? 'unmute' : 'video', id);
        this.#say(this.#words.say('moderation.asked', { name }));
        break;
      case 'stop-video':
        this.desk.people.change(id, { stopVideo: true });
        break;
      case 'lower-hand':
        this.desk.people.change(id, { hand: false });
        break;
      case 'pin':
      case 'spotlight':
        this.#place(deed, id);
        break;
      case 'remove':
      case 'ban':
        void this.#sendOut(deed, id, name);
        break;
    }
  };

  /** Does what a host wants to be done about everybody. */
  readonly aboutAll = (deed: Exclude<HostDeed, 'clips'>): void => {
    const deeds = this.#deeds();
    const say = this.#words.say.bind(this.#words);
    switch (deed) {
      case 'mute-all':
        void this.#try(async () => say('moderation.mutedAll', { count: await deeds.muteAll(true) }));
        break;
      case 'unmute-all':
        void this.#try(async () => say('moderation.unmutedAll', { count: await deeds.muteAll(false) }));
        break;
      case 'lower-all':
        void this.#try(async () => say('moderation.loweredAll', { count: await deeds.lowerHands() }));
        break;
      case 'lock':
      case 'unlock':
        void this.#try(async () => {
          await deeds.lock(deed === 'lock');
          return say(deed === 'lock' ? 'moderation.locked' : 'moderation.unlocked');
        });
        break;
      case 'bans':
        void this.#openBans();
        break;
      case 'end':
        void this.#end();
        break;
    }
  };

  /** Something was done to this person: media that others see no more are shut, too. */
  told(what: ToldWhat, by: string | undefined): void {
    if (what === 'video-stopped') {
      this.media.shut('camera');
      this.media.stopScreen();
      this.media.removeFile();
    }
    this.#say(this.#words.say(`told.${what}`, { name: by ?? this.#words.say('told.host') }));
  }

  /** A host has kept a clip: everybody knows. */
  clipped(seconds: number, newest: boolean, by: string | undefined): void {
    this.#say(clipNews(this.#words.words, seconds, newest, by));
  }

  override updated(_changed: PropertyValues<this>): void {
    const { asked } = this.session.moderation;
    if (asked === this.#asked) return;
    this.#asked = asked;
    if (asked) void this.#answer(asked.what, asked.by.name);
  }

  override render(): TemplateResult {
    const { question } = this;
    return html`<dialog id="question" aria-labelledby="heading" aria-describedby="text" @close=${this.#onClose}>
        ${
          question
            ? html`<form method="dialog">
                <h2 id="heading">${question.title}</h2>
                <p class="body" id="text">${question.text}</p>
                <div class="actions">
                  <button class="button" value="no" autofocus>${question.no}</button>
                  <button class="button ${question.danger ? 'danger' : 'primary'}" value="yes">${question.yes}</button>
                </div>
              </form>`
            : nothing
        }
      </dialog>
      <dialog id="bans" aria-labelledby="bans-heading">
        <form class="top" method="dialog">
          <h2 id="bans-heading">${this.#words.say('moderation.bansTitle')}</h2>
          <button class="button small" aria-label=${this.#words.say('moderation.close')}>${icons.close}</button>
        </form>
        ${
          this.bans.length === 0
            ? html`<p class="body">${this.#words.say('moderation.bansNone')}</p>`
            : html`<ul>
                ${repeat(
                  this.bans,
                  ({ id }) => id,
                  (ban) => this.#ban(ban),
                )}
              </ul>`
        }
      </dialog>`;
  }

  #ban(ban: BannedPerson): TemplateResult {
    const { name, by } = ban;
    const at = new Date(ban.at).toLocaleString(this.#words.words.dateLocale, {
      dateStyle: 'medium',
      timeStyle: 'short',
    });
    return html`<li>
      <div>
        <strong>${name}</strong>
        <div class="by">${this.#words.say('moderation.bannedBy', { by: by || this.#words.say('told.host'), at })}</div>
      </div>
      <button
        class="button small"
        type="button"
        aria-label=${this.#words.say('moderation.unban', { name })}
        @click=${() => void this.#unban(ban)}
      >
        ${this.#words.say('moderation.unbanShort')}
      </button>
    </li>`;
  }

  async #unban({ id, name }: BannedPerson): Promise<void> {
    await this.#try(async () => {
      await this.#deeds().unban(id);
      this.bans = this.bans.filter((ban) => ban.id !== id);
      return this.#words.say('moderation.unbanned', { name });
    });
  }

  async #openBans(): Promise<void> {
    await this.#try(async () => {
      this.bans = await this.#deeds().bans();
      this.bansDialog.showModal();
      return undefined;
    });
  }

  async #sendOut(deed: 'remove' | 'ban', id: string, name: string): Promise<void> {
    const agreed = await this.#ask({
      title: this.#words.say(`moderation.${deed}Title`, { name }),
      text: this.#words.say(`moderation.${deed}Text`),
      yes: this.#words.say(`people.${deed}`),
    });
    if (!agreed) return;
    await this.#try(async () => {
      await this.#deeds()[deed](id);
      return this.#words.say('moderation.removed', { name });
    });
  }

  async #end(): Promise<void> {
    const agreed = await this.#ask({
      title: this.#words.say('moderation.endTitle'),
      text: this.#words.say('moderation.endText'),
      yes: this.#words.say('moderation.endAction'),
    });
    if (!agreed) return;
    await this.#try(async () => {
      await this.#deeds().end();
      return undefined;
    });
  }

  async #answer(what: 'unmute' | 'video', name: string): Promise<void> {
    const agreed = await this.#ask({
      title: this.#words.say(`asked.${what}`, { name }),
      text: this.#words.say(`asked.${what}Text`),
      yes: this.#words.say(`asked.${what}Yes`),
      no: this.#words.say('asked.no'),
      danger: false,
    });
    const { media, session } = this;
    session.moderation.answer(agreed);
    if (!agreed) return;
    if (what === 'video') void media.open('camera');
    else if (media.microphone.track) media.microphoneOn = true;
    else void media.open('microphone');
  }

  /** One question at a time: a newer one takes the place of one that nobody has answered, which counts as no. */
  async #ask({
    no,
    danger = true,
    ...rest
  }: Omit<Question, 'answer' | 'no' | 'danger'> & Partial<Question>): Promise<boolean> {
    if (this.questionDialog.open) this.questionDialog.close('no');
    await this.updateComplete;
    const answered = new Promise<boolean>((resolve) => {
      this.question = { ...rest, no: no ?? this.#words.say('moderation.cancel'), danger, answer: resolve };
    });
    await this.updateComplete;
    this.questionDialog.returnValue = '';
    this.questionDialog.showModal();
    return answered;
  }

  readonly #onClose = (): void => {
    const { question } = this;
    this.question = undefined;
    question?.answer(this.questionDialog.returnValue === 'yes');
  };

  #place(deed: 'pin' | 'spotlight', id: string): void {
    const { layout, roster } = this.session.facts;
    const row = tileRows(roster).find(({ participant }) => participant === id);
    if (!layout || !row) return;
    const whole = { ...row, key: id, handle: id };
    this.desk.layout.change(deed === 'pin' ? togglePinned(layout, whole) : spotlight(layout, whole));
    void this.desk.layout.apply();
  }

  /** What went well is said; what did not is told as any other problem of the stay. */
  async #try(act: () => Promise<string | undefined>): Promise<void> {
    try {
      const said = await act();
      if (said !== undefined) this.#say(said);
    } catch (error) {
      this.session.report(problemOf(this.#words.say('moderation.failed'), error));
    }
  }

  #deeds(): HostDeeds {
    return new HostDeeds(this.server, this.token, this.room);
  }

  #say(detail: string): void {
    this.dispatchEvent(new CustomEvent('gridcast-said', { detail }));
  }
}
