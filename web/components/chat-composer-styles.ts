/** How writing looks in the chat. */
import { css } from 'lit';

/** For `<gridcast-chat-composer>`. */
export const composerStyles = css`
  :host {
    display: block;
    min-width: 0;
    min-height: 0;
    overflow-y: auto;
  }
  form {
    display: grid;
    /* Names to write to are long, and must not push the buttons out. */
    grid-template-columns: minmax(0, 1fr);
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
  .send {
    /* As wide with the seconds as with the word, so that the field keeps its width. */
    min-width: 4.6rem;
    font-variant-numeric: tabular-nums;
  }
  textarea {
    max-height: 9rem;
    resize: none;
    field-sizing: content;
  }
  /* On a phone there are not many lines for messages: the field takes none of them before somebody writes. */
  @media (max-width: 30rem) {
    textarea::placeholder {
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
  }
  form.secret {
    background: var(--gc-warning-soft);
  }
  .bar {
    display: flex;
    gap: 0.3rem;
    align-items: center;
  }
  .space {
    flex: 1;
  }
  .off {
    flex: 1;
    min-width: 0;
    margin: 0;
  }
  .bar label {
    display: flex;
    flex: 1;
    gap: 0.5rem;
    align-items: center;
    min-width: 0;
  }
  select {
    flex: 1;
    min-width: 0;
    min-height: 36px;
    padding: 0.2rem 0.4rem;
    border: 1px solid transparent;
    border-radius: var(--gc-radius-small);
    background: transparent;
    color: inherit;
    font: inherit;
    font-size: 0.88rem;
    font-weight: 600;
    text-overflow: ellipsis;
  }
  select:hover {
    border-color: var(--gc-line-strong);
  }
  option {
    background: var(--gc-surface);
    color: var(--gc-text);
  }
  .small {
    color: var(--gc-muted);
    font-size: 0.78rem;
  }
  .secret .small {
    color: var(--gc-text);
  }
  .emoji {
    font-size: 1.15rem;
    line-height: 1;
  }
  .mentions {
    display: grid;
    overflow: hidden;
    border: 1px solid var(--gc-line-strong);
    border-radius: var(--gc-radius-small);
    background: var(--gc-raised);
  }
  .mentions li {
    padding: 0.4rem 0.7rem;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    cursor: pointer;
  }
  .mentions [aria-selected='true'] {
    background: var(--gc-accent-soft);
    color: var(--gc-accent);
    font-weight: 600;
  }
  @media (pointer: coarse) {
    select,
    .mentions li {
      min-height: 44px;
    }
  }
`;
