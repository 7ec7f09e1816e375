/** `<gridcast-clip-list>`: for hosts, the clips of their room, to download, hand on and delete. */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Clip } from '../../src/client/types.ts';
import { problemOf } from '../api-client.ts';
import { ClipClient } from '../clip-client.ts';
import { RowFocus } from '../controllers/row-focus.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { buttons, surfaces } from '../styles/controls.ts';
import { toolButtons } from '../styles/panel.ts';
import { inherited } from '../styles/tokens.ts';
import { whenWords } from '../util/door-times.ts';
import { formatBytes, formatDuration } from '../util/format.ts';
import { wallMs } from '../util/monotonic.ts';
import type { Problem } from '../util/problem.ts';
import { clipListStyles } from './clip-list-styles.ts';
import type { GridcastConfirmDialog } from './confirm-dialog.ts';
import './confirm-dialog.ts';
import './copy-field.ts';
import { hostList, hostListStyles } from './host-list.ts';
import { icons } from './icons.ts';
import './notice.ts';

/** What can be done with one of them. */
type Deed = 'download' | 'copy' | 'remove';

/** A download begins at once; what is handed on is opened later. */
const DOWNLOAD_S = 60;
const HANDED_ON_S = 24 * 3600;

/** `load()` asks for those there are, and so does `immediate`; `fresh` is the one that was made just now. */
@customElement('gridcast-clip-list')
export class GridcastClipList extends LitElement {
  static override styles = [inherited, buttons, surfaces, toolButtons, hostListStyles, clipListStyles];

  @property() server = location.origin;
  @property() room = '';
  /** A host's. */
  @property() token = '';
  @property() fresh = '';
  /** Asks by itself, once it is there. */
  @property({ type: Boolean }) immediate = false;
  @state() private clips: readonly Clip[] | undefined;
  /** They could not be listed. */
  @state() private problem: Problem | undefined;
  /** What was wanted of one of them did not work. */
  @state() private wrong: { readonly id: string; readonly problem: Problem } | undefined;
  /** What is under way with which, as in `copy ID`; empty while nothing is. */
  @state() private busy = '';
  @state() private said = '';
  /** The link to one of them that was asked for, and whether it is on the clipboard. */
  @state() private link:
    | { readonly id: string; readonly url: string; readonly until: string; copied: boolean }
    | undefined;
  @query('gridcast-confirm-dialog') private confirm!: GridcastConfirmDialog;
  protected readonly rowFocus = new RowFocus(this, { last: 'h3' });
  readonly #words = new WordsUser(this);

  /** Never rejects: what goes wrong is shown. */
  async load(): Promise<void> {
    Object.assign(this, { link: undefined, wrong: undefined, problem: undefined, said: '' });
    try {
      this.clips = await this.#client().clips(this.room);
    } catch (error) {
      this.problem = this.#problemOf(error);
    }
  }

  override firstUpdated(): void {
    if (this.immediate) void this.load();
  }

  override render(): TemplateResult {
    return html`<h3 id="heading" tabindex="-1">${this.#words.say('clips.list')}</h3>
      ${this.#list()}
      <span class="visually-hidden" role="status">${this.said}</span>
      <gridcast-confirm-dialog keep=${this.#words.say('invites.keep')}></gridcast-confirm-dialog>`;
  }

  #list(): TemplateResult {
    return hostList({
      items: this.clips,
      problem: this.problem,
      words: this.#words.words,
      said: {
        label: this.#words.say('clips.list'),
        loading: this.#words.say('clips.loading'),
        none: this.#words.say('clips.none'),
        noneHint: this.#words.say('clips.noneHint'),
      },
      sign: icons.film,
      row: (clip) => this.#row(clip),
      load: () => void this.load(),
    });
  }

  #row(clip: Clip): TemplateResult {
    const { id, title, duration, bytes } = clip;
    const when = this.#when(clip.from);
    const named = { title, when };
    const copied = this.link?.id === id && this.link.copied;
    const sign = (deed: Deed, icon: TemplateResult): TemplateResult =>
      this.busy === `${deed} ${id}` ? html`<span class="spinner"></span>` : icon;
    const waits = this.busy === '' ? 'false' : 'true';
    return html`<li class=${id === this.fresh ? 'fresh' : ''}>
      <div class="about">
        <p class="name"><bdi>${title}</bdi></p>
        <p>${when} · ${formatDuration(duration)} · ${formatBytes(bytes, this.#words.words.locale)}</p>
      </div>
      <div class="deeds">
        <button
          class="button small"
          type="button"
          aria-label=${this.#words.say('clips.downloadName', named)}
          aria-disabled=${waits}
          @click=${() => void this.#download(clip)}
        >
          ${sign('download', icons.download)}<span class="word">${this.#words.say('clips.download')}</span>
        </button>
        <button
          class="button small"
          type="button"
          aria-label=${this.#words.say('clips.copyName', named)}
          aria-disabled=${waits}
          @click=${() => void this.#copy(clip)}
        >
          ${sign('copy', copied ? icons.check : icons.copy)}<span class="word">${this.#words.say('clips.copy')}</span>
        </button>
        <button
          class="tool delete"
          type="button"
          title=${this.#words.say('clips.remove')}
          aria-label=${this.#words.say('clips.removeName', named)}
          aria-disabled=${waits}
          @click=${() => void this.#remove(clip)}
        >
          ${sign('remove', icons.trash)}
        </button>
      </div>
      ${this.#outcome(id)}
    </li>`;
  }

  /** In the row that was pressed: the list may be longer than the window. */
  #outcome(id: string): TemplateResult | typeof nothing {
    if (this.wrong?.id === id) {
      return html`<gridcast-notice tone="error" heading=${this.#words.say('invites.failed')}
        >${this.#words.words.problem(this.wrong.problem).detail}</gridcast-notice
      >`;
    }
    const link = this.link?.id === id ? this.link : undefined;
    if (!link) return nothing;
    if (link.copied) return html`<p class="told">${this.#words.say('clips.copied', { when: link.until })}</p>`;
    return html`<gridcast-copy-field
      label=${this.#words.say('invites.byHand')}
      hint=${this.#words.say('clips.linkHint', { when: link.until })}
      .value=${link.url}
    ></gridcast-copy-field>`;
  }

  #when(iso: string): string {
    return whenWords(Date.parse(iso), wallMs(), this.#words.words.dateLocale, 'medium');
  }

  async #download({ id }: Clip): Promise<void> {
    await this.#do('download', id, async (client) => {
      const { url } = await client.clipLink(this.room, id, DOWNLOAD_S);
      const link = document.createElement('a');
      // By the way on which the page came: the server's own idea of its address may be another.
      link.href = this.#here(url);
      link.download = '';
      link.click();
    });
  }

  async #copy({ id }: Clip): Promise<void> {
    await this.#do('copy', id, async (client) => {
      const { url, expires } = await client.clipLink(this.room, id, HANDED_ON_S);
      const until = this.#when(expires);
      const copied = await navigator.clipboard.writeText(url).then(
        () => true,
        () => false,
      );
      this.link = { id, url, until, copied };
      if (copied) this.said = this.#words.say('clips.copied', { when: until });
    });
  }

  async #remove({ id, title }: Clip): Promise<void> {
    if (this.busy !== '') return;
    const sure = await this.confirm.ask({
      heading: this.#words.say('clips.removeTitle', { title }),
      text: this.#words.say('clips.removeText'),
      action: this.#words.say('clips.remove'),
    });
    if (!sure) return;
    await this.#do('remove', id, async (client) => {
      await client.removeClip(this.room, id);
      this.clips = await client.clips(this.room);
      this.said = this.#words.say('clips.removed', { title });
    });
  }

  #here(url: string): string {
    const { pathname, search } = new URL(url);
    return new URL(pathname + search, this.server).href;
  }

  async #do(deed: Deed, id: string, work: (client: ClipClient) => Promise<void>): Promise<void> {
    if (this.busy !== '') return;
    this.busy = `${deed} ${id}`;
    Object.assign(this, { wrong: undefined, said: '' });
    try {
      await work(this.#client());
    } catch (error) {
      this.wrong = { id, problem: this.#problemOf(error) };
    } finally {
      this.busy = '';
    }
  }

  #client(): ClipClient {
    return new ClipClient(this.server, this.token);
  }

  #problemOf(error: unknown): Problem {
    return problemOf(this.#words.say('invites.failed'), error);
  }
}
