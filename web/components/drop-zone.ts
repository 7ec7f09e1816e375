/** `<gridcast-drop-zone>`: takes files that are dropped anywhere onto its host's page, or pasted into it. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { WordsUser } from '../i18n/words-controller.ts';
import { inherited } from '../styles/tokens.ts';
import { type DropUse, dropUses, type HeldFiles, meantUse } from '../util/drop-choice.ts';
import { pastedName } from '../util/file-words.ts';
import { icons } from './icons.ts';

/** What was dropped or pasted, to be shared. */
export interface DroppedFiles {
  readonly files: readonly File[];
}

/** What was dropped to be played for everybody. */
export interface DroppedFilm {
  readonly file: File;
}

/**
 * Sends `gridcast-files` with DroppedFiles and `gridcast-play` with a DroppedFilm. While files are held over the page it shows
 * what becomes of them; a film or a sound is played on the left half and shared on the right.
 */
@customElement('gridcast-drop-zone')
export class GridcastDropZone extends LitElement {
  static override styles = [
    inherited,
    css`
      :host {
        display: contents;
      }
      .zones {
        position: fixed;
        z-index: 20;
        inset: 0.6rem;
        display: grid;
        grid-auto-flow: column;
        grid-auto-columns: 1fr;
        gap: 0.6rem;
        pointer-events: none;
      }
      .zone {
        display: grid;
        place-content: center;
        justify-items: center;
        gap: 0.6rem;
        padding: 1rem;
        border: 2.5px dashed var(--gc-line);
        border-radius: var(--gc-radius);
        background: color-mix(in srgb, var(--gc-bg) 90%, transparent);
        color: var(--gc-text);
        text-align: center;
      }
      .zone.meant {
        border-color: var(--gc-accent);
        color: var(--gc-accent);
      }
      .heading {
        margin: 0;
        font-size: 1.2rem;
        font-weight: 650;
      }
      .muted {
        margin: 0;
      }
    `,
  ];

  /** Files may be shared; without it what is dropped is played. */
  @property({ type: Boolean }) shares = false;
  @state() private uses: readonly DropUse[] = [];
  @state() private meant: DropUse | undefined;
  readonly #words = new WordsUser(this);

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('dragover', this.#onOver);
    window.addEventListener('dragleave', this.#onLeave);
    window.addEventListener('drop', this.#onDrop);
    window.addEventListener('paste', this.#onPaste);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('dragover', this.#onOver);
    window.removeEventListener('dragleave', this.#onLeave);
    window.removeEventListener('drop', this.#onDrop);
    window.removeEventListener('paste', this.#onPaste);
  }

  override render(): TemplateResult | typeof nothing {
    if (this.meant === undefined) return nothing;
    return html`<div class="zones">${this.uses.map((use) => this.#zone(use))}</div>`;
  }

  #zone(use: DropUse): TemplateResult {
    const plays = use === 'play';
    return html`<div class="zone ${use === this.meant ? 'meant' : ''}">
      ${plays ? icons.film : icons.attach}
      <p class="heading">${this.#words.say(plays ? 'sources.drop' : 'files.drop')}</p>
      ${plays ? html`<p class="muted">${this.#words.say('sources.dropHint')}</p>` : nothing}
    </div>`;
  }

  /** Without taking them the browser would leave the room to show a file. */
  readonly #onOver = (event: DragEvent): void => {
    const takes = takesFiles(event);
    if (!takes) {
      this.meant = undefined;
      return;
    }
    const held = this.#held([...(event.dataTransfer?.items ?? [])].map(({ type }) => type));
    this.uses = dropUses(held);
    this.meant = meantUse(held, event.clientX / window.innerWidth);
    event.preventDefault();
    if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
  };

  readonly #onLeave = (event: DragEvent): void => {
    // Within the page they go from one element to the next.
    if (event.relatedTarget === null) this.meant = undefined;
  };

  readonly #onDrop = (event: DragEvent): void => {
    this.meant = undefined;
    if (!takesFiles(event)) return;
    event.preventDefault();
    const files = [...(event.dataTransfer?.files ?? [])];
    const [file] = files;
    if (!file) return;
    const use = meantUse(this.#held(files.map(({ type }) => type)), event.clientX / window.innerWidth);
    if (use === 'share') {
      this.#share(files);
    } else {
      const detail: DroppedFilm = { file };
      this.dispatchEvent(new CustomEvent('gridcast-play', { detail }));
    }
  };

  readonly #onPaste = (event: ClipboardEvent): void => {
    const files = [...(event.clipboardData?.files ?? [])];
    // Word processors put a picture beside their text: whoever writes wants the text.
    if (!this.shares || files.length === 0 || event.clipboardData?.types.includes('text/plain')) return;
    event.preventDefault();
    this.#share(files.map((file) => (file.name === 'image.png' || file.name === '' ? named(file) : file)));
  };

  #held(types: readonly string[]): HeldFiles {
    return { types, shares: this.shares };
  }

  #share(files: readonly File[]): void {
    const detail: DroppedFiles = { files };
    this.dispatchEvent(new CustomEvent('gridcast-files', { detail }));
  }
}

/** Who holds something else over the page, such as a chosen text, is left alone; a picture field takes its own. */
function takesFiles(event: DragEvent): boolean {
  return !event.defaultPrevented && (event.dataTransfer?.types.includes('Files') ?? false);
}

/** Browsers call every pasted picture the same. */
function named(file: File): File {
  const { type, lastModified } = file;
  return new File([file], pastedName(type, new Date(lastModified)), { type, lastModified });
}
