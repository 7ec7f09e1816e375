/** How files look, in their list and in the chat. */
import { css } from 'lit';

/** A file as a row with a sign, words and buttons. */
export const fileRows = css`
  .file {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    gap: 0.2rem 0.7rem;
    align-items: center;
    min-width: 0;
    padding: 0.55rem 0.6rem;
    border: 1px solid var(--gc-line);
    border-radius: var(--gc-radius-small);
    background: var(--gc-raised);
  }
  .file .sign {
    display: grid;
    width: 40px;
    height: 40px;
    place-items: center;
    border-radius: 8px;
    background: var(--gc-accent-soft);
    color: var(--gc-accent);
    font-size: 0.68rem;
    font-weight: 700;
    letter-spacing: 0.02em;
  }
  .file .words {
    min-width: 0;
    line-height: 1.3;
  }
  .file .name {
    display: block;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-size: 0.92rem;
    font-weight: 600;
    unicode-bidi: plaintext;
  }
  .file .facts {
    color: var(--gc-muted);
    font-size: 0.78rem;
    font-variant-numeric: tabular-nums;
  }
  .file .does {
    display: flex;
  }
  .file .wide {
    grid-column: 1 / -1;
    min-width: 0;
  }
  .sum {
    display: flex;
    gap: 0.4rem;
    align-items: center;
    color: var(--gc-muted);
    font-size: 0.72rem;
  }
  .sum span {
    white-space: nowrap;
  }
  .sum code {
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-family: ui-monospace, 'SFMono-Regular', Menlo, monospace;
  }
  progress {
    display: block;
    width: 100%;
    height: 6px;
    overflow: hidden;
    border: 0;
    border-radius: 3px;
    background: var(--gc-line);
    appearance: none;
  }
  progress::-webkit-progress-bar {
    background: var(--gc-line);
  }
  progress::-webkit-progress-value {
    background: var(--gc-accent);
  }
  progress::-moz-progress-bar {
    background: var(--gc-accent);
  }
  .over progress::-webkit-progress-value {
    background: var(--gc-warning);
  }
`;

/** For `<gridcast-room-files>`. */
export const filesStyles = css`
  :host {
    display: grid;
    align-content: start;
    gap: 1rem;
    min-height: 0;
    padding: 0.6rem 1.1rem 1rem;
    overflow-y: auto;
    overscroll-behavior: contain;
  }
  ${fileRows}
  .choose {
    display: grid;
    gap: 0.35rem;
    justify-items: center;
    padding: 0.9rem;
    border: 1.5px dashed var(--gc-line-strong);
    border-radius: var(--gc-radius-small);
    text-align: center;
  }
  /* A finger drops nothing. */
  @media (hover: none) and (pointer: coarse) {
    .choose .drop {
      display: none;
    }
  }
  section {
    display: grid;
    gap: 0.45rem;
    min-width: 0;
  }
  h3 {
    font-size: 0.9rem;
    font-weight: 650;
  }
  ul {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.45rem;
  }
  .none {
    padding: 1rem 0;
    color: var(--gc-muted);
    text-align: center;
  }
  .usage {
    display: grid;
    gap: 0.35rem;
  }
`;
