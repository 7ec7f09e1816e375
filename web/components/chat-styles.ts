/** How the chat looks. */
import { css } from 'lit';

/** For `<gridcast-chat>`. */
export const chatStyles = css`
  :host {
    display: grid;
    /* The menu scrolls where it is not to push out what stands below. */
    grid-template: auto minmax(0, auto) minmax(0, 1fr) auto minmax(0, auto) / minmax(0, 1fr);
    overflow: hidden;
    min-height: 0;
    height: 100%;
    background: var(--gc-surface);
    color: var(--gc-text);
  }
  :host([hidden]) {
    display: none;
  }
  .list {
    position: relative;
    min-height: 0;
    padding: 0.4rem 1.1rem 0.8rem;
    overflow-y: auto;
    overscroll-behavior: contain;
  }
  .list:focus-visible {
    outline-offset: -3px;
  }
  ol {
    display: grid;
    gap: 0.15rem;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  li {
    position: relative;
    padding: 0.15rem 0;
    overflow-wrap: anywhere;
  }
  li.first {
    padding-top: 0.55rem;
  }
  .who {
    display: flex;
    flex-wrap: wrap;
    gap: 0 0.5rem;
    align-items: baseline;
    font-size: 0.85rem;
  }
  .who b {
    font-weight: 650;
  }
  .who time,
  .role,
  .small {
    color: var(--gc-muted);
    font-size: 0.78rem;
  }
  .text {
    line-height: 1.4;
    white-space: pre-wrap;
    unicode-bidi: plaintext;
  }
  .text a {
    color: var(--gc-accent);
  }
  mark {
    padding: 0 0.2em;
    border-radius: 4px;
    background: var(--gc-accent-soft);
    color: var(--gc-accent);
    font-weight: 600;
  }
  .calls {
    margin: 0 -0.6rem;
    padding-inline: 0.6rem;
    border-radius: var(--gc-radius-small);
    background: var(--gc-accent-soft);
  }
  .calls mark {
    background: none;
  }
  .private {
    margin: 0.15rem -0.6rem;
    padding-inline: 0.6rem;
    border-inline-start: 3px solid var(--gc-warning);
    border-radius: var(--gc-radius-small);
    background: var(--gc-warning-soft);
  }
  .badge.secret {
    background: none;
    color: var(--gc-warning);
    padding: 0;
    white-space: normal;
  }
  .badge.secret svg {
    width: 14px;
    height: 14px;
  }
  .tabs {
    display: flex;
    flex: 1 1 auto;
    flex-wrap: wrap;
    gap: 0.2rem;
    min-width: 0;
    margin-inline-start: 0.4rem;
  }
  .tabs button {
    display: inline-flex;
    gap: 0.35rem;
    align-items: center;
    min-height: 36px;
    padding: 0 0.5rem;
    border: 0;
    border-radius: var(--gc-radius-small);
    background: none;
    color: var(--gc-muted);
    font: inherit;
    font-size: 0.88rem;
    font-weight: 600;
    cursor: pointer;
  }
  .tabs button:hover {
    background: var(--gc-raised);
  }
  /* Beside the picture and on a phone there is no room for its name and for longer words of these two, which say as much. */
  @media (min-width: 40rem), (max-width: 29.99rem) {
    .head:has(.tabs) h2 {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
      white-space: nowrap;
    }
    .head:has(.tabs) .tabs {
      margin-inline-start: 0;
    }
  }
  .tabs [aria-pressed='true'] {
    background: var(--gc-accent-soft);
    color: var(--gc-accent);
  }
  .tabs .count {
    padding: 0 0.4rem;
    border-radius: 999px;
    background: var(--gc-accent);
    color: var(--gc-on-accent);
    font-size: 0.72rem;
  }
  .list-of-files {
    grid-row: 3 / -1;
  }
  @media (pointer: coarse) {
    .tabs button {
      min-height: 44px;
    }
  }
  .head {
    flex-wrap: wrap;
  }
  .head .tools-right {
    display: flex;
    margin-left: auto;
    gap: 0.2rem;
  }
  .list {
    grid-row: 3;
  }
  .typing {
    grid-row: 4;
    min-height: 1.6rem;
    padding: 0 1.1rem 0.2rem;
    color: var(--gc-muted);
    font-size: 0.8rem;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .foot {
    grid-row: 5;
  }
  .quote {
    display: block;
    max-width: 100%;
    margin: 0.1rem 0;
    padding: 0 0 0 0.5rem;
    border: 0;
    border-left: 2px solid var(--gc-line-strong);
    background: none;
    color: var(--gc-muted);
    font: inherit;
    font-size: 0.82rem;
    text-align: start;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .deleted {
    color: var(--gc-muted);
    font-style: italic;
  }
  .pending .text {
    opacity: 0.65;
  }
  .tools {
    position: absolute;
    top: -0.5rem;
    right: 0;
    display: flex;
    border: 1px solid var(--gc-line);
    border-radius: var(--gc-radius-small);
    background: var(--gc-raised);
    opacity: 0;
  }
  li:hover .tools,
  li:focus-within .tools {
    opacity: 1;
  }
  .tools .tool {
    width: auto;
    min-width: 32px;
    height: 30px;
    padding: 0 0.5rem;
    font: inherit;
    font-size: 0.78rem;
  }
  @media (pointer: coarse) {
    .tools {
      position: static;
      width: fit-content;
      opacity: 1;
      border-color: transparent;
      background: none;
    }
    .tools .tool {
      height: 40px;
    }
  }
  .earlier {
    display: flex;
    justify-content: center;
    padding: 0.3rem 0 0.6rem;
  }
  .jump {
    position: sticky;
    bottom: 0.2rem;
    display: block;
    margin: 0.5rem auto 0;
  }
  .none {
    display: grid;
    gap: 0.3rem;
    height: 100%;
    place-content: center;
    text-align: center;
  }
  .read-only {
    padding: 0.7rem 1.1rem 0.9rem;
    border-top: 1px solid var(--gc-line);
    color: var(--gc-muted);
    font-size: 0.88rem;
  }
  /* On a phone the menu has all there is below the head. What it covers keeps its place, and takes no focus. */
  @media (max-width: 480px) {
    gridcast-chat-menu {
      z-index: 2;
      grid-area: 2 / 1 / -1 / -1;
    }
    gridcast-chat-menu ~ * {
      grid-column: 1;
      visibility: hidden;
    }
  }
`;
