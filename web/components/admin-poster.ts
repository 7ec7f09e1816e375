/** `<gridcast-admin-poster>`: a small picture of a recording, loaded when it comes into view. */
import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { AdminClient } from '../admin-client.ts';
import type { RecordingInfo } from '../api-types.ts';
import { inherited } from '../styles/tokens.ts';
import { icons } from './icons.ts';

/** Only finished recordings have one; the others show a sign. */
@customElement('gridcast-admin-poster')
export class GridcastAdminPoster extends LitElement {
  static override styles = [
    inherited,
    css`
      :host {
        display: grid;
        overflow: hidden;
        width: 100%;
        aspect-ratio: 16 / 9;
        place-items: center;
        border-radius: var(--gc-radius-small);
        background: radial-gradient(120% 140% at 20% 0%, #17303a 0%, #0b141b 55%, #05080b 100%);
        color: #a3b1bf;
      }
      img {
        display: block;
        width: 100%;
        height: 100%;
        object-fit: cover;
      }
      .sign svg {
        display: block;
        width: 30px;
        height: 30px;
      }
    `,
  ];

  @property({ attribute: false }) api!: AdminClient;
  @property({ attribute: false }) recording!: RecordingInfo;
  @state() private url = '';
  readonly #watch = new IntersectionObserver((entries) => {
    if (entries.some(({ isIntersecting }) => isIntersecting)) this.#load();
  });
  #stop: AbortController | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#watch.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#watch.disconnect();
    this.#stop?.abort();
    this.#stop = undefined;
    URL.revokeObjectURL(this.url);
    this.url = '';
  }

  override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('recording');
    // It has become ready while it was looked at.
    if (!before || before.state === this.recording.state) return;
    this.#watch.unobserve(this);
    this.#watch.observe(this);
  }

  override render(): TemplateResult {
    if (this.url !== '') return html`<img src=${this.url} alt="" />`;
    const { state: stands } = this.recording;
    return html`<span class="sign">${stands === 'recording' ? icons.record : icons.film}</span>`;
  }

  #load(): void {
    if (this.recording.state !== 'ready' || this.#stop) return;
    this.#stop = new AbortController();
    void this.#fetch(this.#stop.signal);
  }

  async #fetch(signal: AbortSignal): Promise<void> {
    try {
      const picture = await this.api.file(this.recording.id, 'poster.jpg', signal);
      if (picture && !signal.aborted) this.url = URL.createObjectURL(picture);
    } catch {
      // A picture is only nice to have.
    }
  }
}
