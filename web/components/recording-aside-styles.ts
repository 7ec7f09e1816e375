/** How chapters and chat look beside the film. */
import { css } from 'lit';

/** For `<gridcast-recording-aside>` alone. */
export const recordingAsideStyles = css`
  .aside {
    display: flex;
    flex: 1;
    flex-direction: column;
    min-width: 0;
    min-height: 0;
    overflow: hidden;
    border: 1px solid var(--gc-line);
    border-radius: var(--gc-radius);
    background: var(--gc-surface);
  }
  h2 {
    padding: 0.8rem 1rem 0.5rem;
    font-size: 1.05rem;
  }
  .tabs {
    display: flex;
    flex: none;
    gap: 0.25rem;
    padding: 0.35rem 0.5rem 0;
    border-bottom: 1px solid var(--gc-line);
  }
  .tabs button {
    min-height: 40px;
    padding: 0.3rem 0.8rem;
    border: 0;
    border-bottom: 3px solid transparent;
    background: transparent;
    color: var(--gc-muted);
    font: inherit;
    font-weight: 600;
    cursor: pointer;
  }
  .tabs button:hover {
    color: var(--gc-text);
  }
  .tabs button[aria-selected='true'] {
    border-bottom-color: var(--gc-accent);
    color: var(--gc-text);
  }
  .count {
    margin-left: 0.2rem;
    padding: 0.05rem 0.4rem;
    border-radius: 999px;
    background: var(--gc-raised);
    font-size: 0.78rem;
    font-variant-numeric: tabular-nums;
  }
  .panel {
    display: flex;
    flex: 1;
    flex-direction: column;
    min-height: 0;
  }
  .none {
    margin: auto;
    padding: 2rem 1.2rem;
    color: var(--gc-muted);
    text-align: center;
    text-wrap: balance;
  }
  ol {
    flex: 1;
    min-height: 0;
    margin: 0;
    padding: 0.4rem;
    overflow-y: auto;
    list-style: none;
  }
  .lines {
    position: relative;
  }
  .entry {
    display: grid;
    grid-template-columns: 3.6rem 1fr auto;
    gap: 0.6rem;
    align-items: baseline;
    width: 100%;
    min-height: 40px;
    padding: 0.5rem 0.7rem;
    border: 0;
    border-radius: var(--gc-radius-small);
    background: transparent;
    color: inherit;
    font: inherit;
    font-size: 0.95rem;
    line-height: 1.35;
    text-align: start;
    cursor: pointer;
  }
  .entry:hover {
    background: var(--gc-raised);
  }
  .entry[aria-current] {
    background: var(--gc-accent-soft);
  }
  .entry:focus-visible {
    outline-offset: -3px;
  }
  .entry .title {
    overflow-wrap: anywhere;
  }
  .entry[aria-current] .title {
    font-weight: 650;
  }
  .entry.gap .title {
    color: var(--gc-muted);
    font-style: italic;
  }
  .time {
    color: var(--gc-accent);
    font-size: 0.88rem;
    font-variant-numeric: tabular-nums;
    font-weight: 600;
  }
  .sign {
    align-self: center;
    color: var(--gc-muted);
    line-height: 0;
  }
  .sign svg {
    width: 16px;
    height: 16px;
  }
  .gap .sign {
    color: var(--gc-warning);
  }
  .lines li {
    display: grid;
    grid-template-columns: 3.6rem 1fr;
    gap: 0.5rem;
    align-items: baseline;
    padding: 0.25rem 0.5rem;
    border-radius: var(--gc-radius-small);
  }
  .lines .time {
    min-height: 28px;
    padding: 0;
    border: 0;
    border-radius: 4px;
    background: transparent;
    font-family: inherit;
    text-align: start;
    cursor: pointer;
  }
  .lines p {
    font-size: 0.95rem;
    line-height: 1.4;
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }
  .lines b {
    font-weight: 650;
  }
  .lines .now {
    background: var(--gc-accent-soft);
  }
  .lines .later p {
    color: var(--gc-muted);
  }
`;
