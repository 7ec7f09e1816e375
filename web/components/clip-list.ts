/** `<gridcast-clip-list>`: for hosts, the clips of their room, to download, hand on and delete. */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
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
import { icons } from './icons.ts';
import './notice.ts';

/** A download begins at once; what is handed on is opened later. */
const DOWNLOAD_S = 60;
const HANDED_ON_S = 24 * 3600;

/** `load()` asks for those there are; `fresh` is the one that was made just now. */
@customElement('gridcast-clip-list')
export class GridcastClipList extends LitElement {
  static override styles = [inherited, buttons, surfaces, toolButtons, clipListStyles];

  @property() server = location.origin;
  @property() room = '';
  /** A host's. */
  @property() token = '';
  @property() fresh = '';
  @state() private clips: readonly Clip[] | undefined;
  @state() private problem: Problem | undefined;
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
    this.link = undefined;
    this.said = '';
    await this.#try(async (client) => {
      this.clips = await client.clips(this.room);
    });
  }

  override render(): TemplateResult {
    return html`<h3 id="heading" tabindex="-1">${this.#words.say('clips.list')}</h3>
      ${this.#trouble()} ${this.#list()}
      <span class="visually-hidden" role="status">${this.said}</span>
      <gridcast-confirm-dialog keep=${this.#words.say('invites.keep')}></gridcast-confirm-dialog>`;
  }

  #trouble(): TemplateResult | typeof nothing {
    if (!this.problem) return nothing;
    return html`<gridcast-notice tone="error" heading=${this.#words.say('invites.failed')}>
      ${this.#words.words.problem(this.problem).detail}
      <button slot="actions" class="button small" type="button" @click=${() => void this.load()}>
        ${this.#words.say('invites.again')}
      </button>
    </gridcast-notice>`;
  }

  #list(): TemplateResult | typeof nothing {
    if (!this.clips) {
      if (this.problem) return nothing;
      return html`<p class="wait muted" role="status"><span class="spinner"></span>${this.#words.say('clips.loading')}</p>`;
    }
    if (this.clips.length === 0) {
      return html`<div class="empty muted">
        ${icons.film}
        <p class="strong">${this.#words.say('clips.none')}</p>
        <p>${this.#words.say('clips.noneHint')}</p>
      </div>`;
    }
    return html`<ul aria-labelledby="heading">
      ${repeat(
        this.clips,
        ({ id }) => id,
        (clip) => this.#row(clip),
      )}
    </ul>`;
  }

  #row(clip: Clip): TemplateResult {
    const { id, title, duration, bytes } = clip;
    const when = this.#when(clip.from);
    const named = { title, when };
    const link = this.link?.id === id ? this.link : undefined;
    return html`<li class=${id === this.fresh ? 'fresh' : ''}>
      <div class="about">
        <p class="name">${title}</p>
        <p>${when} · ${formatDuration(duration)} · ${formatBytes(bytes, this.#words.words.locale)}</p>
      </div>
      <div class="deeds">
        <button
          class="button small"
          type="button"
          aria-label=${this.#words.say('clips.downloadName', named)}
          @click=${() => void this.#download(clip)}
        >
          ${icons.download}<span class="word">${this.#words.say('clips.download')}</span>
        </button>
        <button
          class="button small"
          type="button"
          aria-label=${this.#words.say('clips.copyName', named)}
          @click=${() => void this.#copy(clip)}
        >
          ${link?.copied ? icons.check : icons.copy}<span class="word">${this.#words.say('clips.copy')}</span>
        </button>
        <button
          class="tool delete"
          type="button"
          title=${this.#words.say('clips.remove')}
          aria-label=${this.#words.say('clips.removeName', named)}
          @click=${() => void this.#remove(clip)}
        >
          ${icons.trash}
        </button>
      </div>
      ${
        link === undefined
          ? nothing
          : link.copied
            ? html`<p class="told">${this.#words.say('clips.copied', { when: link.until })}</p>`
            : html`<gridcast-copy-field
                label=${this.#words.say('invites.byHand')}
                hint=${this.#words.say('clips.linkHint', { when: link.until })}
                .value=${link.url}
              ></gridcast-copy-field>`
      }
    </li>`;
  }

  #when(iso: string): string {
    return whenWords(Date.parse(iso), wallMs(), this.#words.words.dateLocale, 'medium');
  }

  async #download({ id }: Clip): Promise<void> {
    await this.#try(async (client) => {
      const { url } = await client.clipLink(this.room, id, DOWNLOAD_S);
      const link = document.createElement('a');
      // By the way on which the page came: the server's own idea of its address may be another.
      link.href = this.#here(url);
      link.download = '';
      link.click();
    });
  }

  async #copy({ id }: Clip): Promise<void> {
    await this.#try(async (client) => {
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
    const sure = await this.confirm.ask({
      heading: this.#words.say('clips.removeTitle', { title }),
      text: this.#words.say('clips.removeText'),
      action: this.#words.say('clips.remove'),
    });
    if (!sure) return;
    await this.#try(async (client) => {
      await client.removeClip(this.room, id);
      this.clips = await client.clips(this.room);
      this.said = this.#words.say('clips.removed', { title });
    });
  }

  #here(url: string): string {
    const { pathname, search } = new URL(url);
    return new URL(pathname + search, this.server).href;
  }

  async #try(work: (client: ClipClient) => Promise<void>): Promise<void> {
    this.problem = undefined;
    try {
      await work(new ClipClient(this.server, this.token));
    } catch (error) {
      this.problem = problemOf(this.#words.say('invites.failed'), error);
    }
  }
}
