/** What the parts of the admin page share. */
import { css } from 'lit';

/** Sections with a head, and lists of cards. */
export const adminStyles = css`
  :host {
    display: block;
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5rem 1rem;
    margin-bottom: 0.9rem;
  }
  h1 {
    font-size: 1.7rem;
    letter-spacing: -0.015em;
    line-height: 1.25;
    overflow-wrap: anywhere;
    hyphens: auto;
  }
  /* It takes the focus when its view opens, and does nothing. */
  h1:focus {
    outline: none;
  }
  h2 {
    font-size: 1.3rem;
  }
  /* As high as the window: what stands below the view does not come up and go down again. */
  .wait {
    display: flex;
    align-items: flex-start;
    gap: 0.7rem;
    min-height: 100dvh;
    padding: 1rem 0;
  }
  input[type='search'] {
    min-height: var(--gc-control);
    padding: 0.5rem 0.8rem;
    border: 1px solid var(--gc-line-strong);
    border-radius: var(--gc-radius-small);
    background: var(--gc-bg);
    color: var(--gc-text);
    font: inherit;
  }
  .head form {
    display: flex;
    flex: 1 1 18rem;
    flex-wrap: wrap;
    gap: 0.5rem;
    justify-content: flex-end;
    max-width: 30rem;
    margin-left: auto;
  }
  .head form input {
    flex: 1 1 12rem;
    width: auto;
  }
  .list {
    display: grid;
    gap: 0.8rem;
  }
  /* What did not work may have been pressed far down. */
  .list > gridcast-notice:first-child {
    position: sticky;
    top: 0.6rem;
    z-index: 2;
  }
  .item {
    display: grid;
    gap: 0.7rem;
    padding: 1rem 1.2rem;
    border: 1px solid var(--gc-line);
    border-radius: var(--gc-radius);
    background: var(--gc-surface);
  }
  .line {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.4rem 0.8rem;
  }
  .line .actions {
    margin-left: auto;
  }
  .facts {
    color: var(--gc-muted);
    font-size: 0.92rem;
    font-variant-numeric: tabular-nums;
  }
  .empty {
    display: grid;
    justify-items: center;
    gap: 0.3rem;
    padding: 2.2rem 1rem;
    border: 1px dashed var(--gc-line-strong);
    border-radius: var(--gc-radius);
    text-align: center;
  }
  .empty strong {
    font-size: 1.05rem;
  }
  .empty p {
    max-width: 48ch;
    text-wrap: balance;
  }
  .empty a {
    color: var(--gc-accent);
  }
  .empty .button {
    margin-top: 0.5rem;
  }
  progress {
    width: 100%;
    height: 10px;
    overflow: hidden;
    border: 0;
    border-radius: 5px;
    background: var(--gc-raised);
    accent-color: var(--gc-accent);
  }
  progress::-webkit-progress-bar {
    background: var(--gc-raised);
  }
  progress::-webkit-progress-value {
    border-radius: 5px;
    background: var(--gc-accent);
    transition: inline-size 400ms;
  }
  progress::-moz-progress-bar {
    background: var(--gc-accent);
  }
`;
