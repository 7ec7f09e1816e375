/** A person as a round sign with their initials, and how they are as a dot. */
import { css, html, type TemplateResult } from 'lit';
import type { PresenceState } from '../../src/protocol/contacts.ts';
import { initials } from '../util/format.ts';

/** Hues that a person may have. */
const HUES = 8;

/** For the eye only: the name and the state stand beside it as words. */
export function personSign(
  person: { readonly id: string; readonly name: string },
  state?: PresenceState,
): TemplateResult {
  return html`<span class="sign hue-${hueOf(person.id)}" aria-hidden="true">
    ${initials(person.name)}${state === undefined ? '' : html`<i class="dot ${state}"></i>`}
  </span>`;
}

/** For elements that show `personSign`. Classes for colours: the page's policy allows no style attributes. */
export const personSignStyles = css`
  .sign {
    position: relative;
    display: flex;
    flex: none;
    width: var(--sign, min(2.75rem, 14vw));
    height: var(--sign, min(2.75rem, 14vw));
    align-items: center;
    justify-content: center;
    border-radius: 50%;
    background: #22607a;
    color: #ffffff;
    font-size: calc(var(--sign, min(2.75rem, 14vw)) * 0.36);
    font-weight: 650;
    letter-spacing: 0.01em;
    line-height: 1;
  }
  .hue-1 {
    background: #7a4a22;
  }
  .hue-2 {
    background: #5a3d8a;
  }
  .hue-3 {
    background: #1f6b4c;
  }
  .hue-4 {
    background: #8a3552;
  }
  .hue-5 {
    background: #2f4f9c;
  }
  .hue-6 {
    background: #666019;
  }
  .hue-7 {
    background: #7d3b7d;
  }
  .dot {
    position: absolute;
    right: -1px;
    bottom: -1px;
    width: min(0.85rem, 4.3vw);
    height: min(0.85rem, 4.3vw);
    border: 2.5px solid var(--gc-surface);
    border-radius: 50%;
    background: var(--gc-line-strong);
  }
  .dot.online {
    background: #23b08c;
  }
  .dot.away {
    background: #e0a02d;
  }
  .dot.in-call {
    background: #e04a4f;
  }
`;

function hueOf(id: string): number {
  let sum = 0;
  for (const letter of id) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 65_521;
  return sum % HUES;
}
