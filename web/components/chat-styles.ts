/** How the chat looks. */
import { css } from 'lit';

/** For `<gridcast-chat>`. */
export const chatStyles = css`
  :host {
    display: grid;
    grid-template-rows: auto minmax(0, 1fr) auto;
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
  form {
    display: grid;
    gap: 0.45rem;
    padding: 0.7rem 1.1rem 0.9rem;
    border-top: 1px solid var(--gc-line);
  }
  .context {
    display: flex;
    gap: 0.5rem;
    align-items: center;
    justify-content: space-between;
    min-width: 0;
    color: var(--gc-muted);
    font-size: 0.85rem;
  }
  .context span {
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .row {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 0.5rem;
    align-items: end;
  }
  textarea,
  input {
    box-sizing: border-box;
    width: 100%;
    min-height: 44px;
    padding: 0.6rem 0.7rem;
    border: 1px solid var(--gc-line-strong);
    border-radius: var(--gc-radius-small);
    background: var(--gc-bg);
    color: inherit;
    /* Smaller ones make phones zoom in. */
    font: inherit;
    font-size: 1rem;
    line-height: 1.35;
  }
  textarea {
    max-height: 9rem;
    resize: none;
    field-sizing: content;
  }
  .read-only {
    padding: 0.7rem 1.1rem 0.9rem;
    border-top: 1px solid var(--gc-line);
    color: var(--gc-muted);
    font-size: 0.88rem;
  }
`;
