/** `<gridcast-qr-code>`: a link as a picture for the camera of a phone. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { inherited } from '../styles/tokens.ts';
import { qrPath } from '../util/qr-path.ts';

/** Always dark on light, whatever the theme: many cameras read nothing else. */
@customElement('gridcast-qr-code')
export class GridcastQrCode extends LitElement {
  static override styles = [
    inherited,
    css`
      :host {
        display: block;
      }
      svg {
        display: block;
        width: 100%;
        height: auto;
        border-radius: var(--gc-radius-small);
        background: #ffffff;
      }
      path {
        fill: #000000;
      }
    `,
  ];

  @property() value = '';
  /** What it is, for those who do not see it. */
  @property() label = '';

  override render(): TemplateResult {
    const { size, path } = qrPath(this.value);
    return html`<svg
      viewBox="0 0 ${size} ${size}"
      role="img"
      aria-label=${this.label}
      shape-rendering="crispEdges"
    >
      <path d=${path} />
    </svg>`;
  }
}
