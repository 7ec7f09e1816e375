/** `<gridcast-page-foot>` and the bar: what stands around the pages of the server, in their language. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { tokens } from '../styles/tokens.ts';
import { GridcastAppBar } from './app-bar.ts';
import './language-picker.ts';

/** The bottom of a page: the choice of a language. */
@customElement('gridcast-page-foot')
export class GridcastPageFoot extends LitElement {
  static override styles = [
    tokens,
    css`
      :host {
        display: block;
      }
      footer {
        display: flex;
        justify-content: center;
        padding: 0.5rem 1rem 1.25rem;
      }
    `,
  ];

  override render(): TemplateResult {
    return html`<footer><gridcast-language-picker></gridcast-language-picker></footer>`;
  }
}

/** Puts what the page shows between a bar and a foot. Once the page's language is known: both speak at once. */
export function framePage(
  content: HTMLElement,
  bar: Partial<Pick<GridcastAppBar, 'place' | 'wide' | 'account' | 'links'>>,
): void {
  document.querySelector('main')?.append(content);
  document.body.prepend(Object.assign(new GridcastAppBar(), bar));
  document.body.append(new GridcastPageFoot());
}
