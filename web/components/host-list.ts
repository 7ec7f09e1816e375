/** What lists of a host's dialogs do alike: they are waited for, are empty, and do not come. */
import { css, html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Words } from '../i18n/words.ts';
import type { Problem } from '../util/problem.ts';
import './notice.ts';

/** What is said of one of them. */
export interface HostListWords {
  readonly label: string;
  readonly loading: string;
  readonly none: string;
  readonly noneHint: string;
}

/** What it is drawn from. */
export interface HostList<T> {
  /** Undefined until they have come. */
  readonly items: readonly T[] | undefined;
  /** Of all of them; undefined while there is none. */
  readonly problem: Problem | undefined;
  readonly words: Words;
  readonly said: HostListWords;
  /** Stands over what is said of an empty one. */
  readonly sign: TemplateResult;
  readonly row: (item: T) => TemplateResult;
  readonly load: () => void;
}

/** The rows, or what stands in their place; a problem stands above them. */
export function hostList<T extends { readonly id: string }>(list: HostList<T>): TemplateResult {
  return html`${trouble(list)} ${rows(list)}`;
}

function trouble<T>({ problem, words, load }: HostList<T>): TemplateResult | typeof nothing {
  if (!problem) return nothing;
  return html`<gridcast-notice tone="error" heading=${words.say('invites.failed')}>
    ${words.problem(problem).detail}
    <button slot="actions" class="button small" type="button" @click=${load}>${words.say('invites.again')}</button>
  </gridcast-notice>`;
}

function rows<T extends { readonly id: string }>(list: HostList<T>): TemplateResult | typeof nothing {
  const { items, problem, said, sign, row } = list;
  if (!items) {
    if (problem) return nothing;
    return html`<p class="wait muted" role="status"><span class="spinner"></span>${said.loading}</p>`;
  }
  if (items.length === 0) {
    return html`<div class="empty muted">
      ${sign}
      <p class="strong">${said.none}</p>
      <p>${said.noneHint}</p>
    </div>`;
  }
  return html`<ul aria-label=${said.label}>${repeat(items, ({ id }) => id, row)}</ul>`;
}

/** For elements that show one. */
export const hostListStyles = css`
  :host {
    display: block;
  }
  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 0.3rem 0.6rem;
    align-items: center;
    padding: 0.6rem 0;
    border-top: 1px solid var(--gc-line);
  }
  li gridcast-copy-field {
    grid-column: 1 / -1;
  }
  .name {
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .about p:last-child {
    color: var(--gc-muted);
    font-size: 0.9rem;
  }
  .deeds {
    display: flex;
    gap: 0.4rem;
    align-items: center;
  }
  .delete {
    color: var(--gc-danger);
  }
  .empty {
    display: grid;
    justify-items: center;
    gap: 0.3rem;
    padding: 1rem 0.5rem 0.4rem;
    text-align: center;
  }
  .empty p {
    max-width: 40ch;
    text-wrap: balance;
  }
  .strong {
    font-weight: 600;
  }
  .wait {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 0.7rem;
    padding: 1rem 0;
  }
`;
