/** `<gridcast-source-preview>`: a small picture of something this person sends. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { inherited } from '../styles/tokens.ts';

/** The track stays its owner's. */
@customElement('gridcast-source-preview')
export class GridcastSourcePreview extends LitElement {
  static override styles = [
    inherited,
    css`
      :host {
        display: block;
        overflow: hidden;
        aspect-ratio: 16 / 9;
        border-radius: var(--gc-radius-small);
        background: #000000;
      }
      video {
        display: block;
        width: 100%;
        height: 100%;
        object-fit: contain;
      }
      .mirrored {
        object-fit: cover;
        transform: scaleX(-1);
      }
    `,
  ];

  @property({ attribute: false }) track: MediaStreamTrack | undefined;
  /** For assistive technology. */
  @property() label = '';
  /** As in a looking-glass: how people know their own face. */
  @property({ type: Boolean }) mirrored = false;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    const video = this.renderRoot.querySelector('video');
    if (video) video.srcObject = null;
  }

  override updated(): void {
    const video = this.renderRoot.querySelector('video');
    const shown = video?.srcObject instanceof MediaStream ? video.srcObject.getTracks()[0] : undefined;
    if (!video || shown === this.track) return;
    video.srcObject = this.track ? new MediaStream([this.track]) : null;
  }

  override render(): TemplateResult {
    return html`<video
      autoplay
      muted
      playsinline
      aria-label=${this.label}
      class=${this.mirrored ? 'mirrored' : ''}
    ></video>`;
  }
}
