/** `<gridcast-missing>`: an address leads nowhere. */
import { html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { tokens } from '../styles/tokens.ts';
import type { Problem } from '../util/problem.ts';
import './room-over.ts';

/** A page's own element: what it shows takes its colours from here. */
@customElement('gridcast-missing')
export class GridcastMissing extends LitElement {
  static override styles = tokens;

  @property({ attribute: false }) problem: Problem | undefined;

  override render(): TemplateResult {
    return html`<gridcast-room-over .problem=${this.problem}></gridcast-room-over>`;
  }
}
