/** How the list of calls looks. */
import { css } from 'lit';

/** For `<gridcast-call-history>` alone. */
export const callHistoryStyles = css`
  :host {
    display: block;
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0.6rem 1rem;
    margin-bottom: 0.6rem;
  }
  h2 {
    font-size: 1.2rem;
  }
  .choice {
    display: flex;
    flex-wrap: wrap;
    padding: 3px;
    border-radius: 21px;
    background: var(--gc-raised);
  }
  .choice button {
    display: inline-flex;
    flex: 1 0 auto;
    align-items: center;
    justify-content: center;
    gap: 0.4rem;
    min-height: 36px;
    padding: 0 0.9rem;
    border: 0;
    border-radius: 999px;
    background: none;
    color: var(--gc-muted);
    font: inherit;
    font-size: 0.92rem;
    font-weight: 600;
    cursor: pointer;
  }
  .choice button[aria-pressed='true'] {
    background: var(--gc-surface);
    color: var(--gc-text);
    box-shadow: 0 1px 3px #0003;
  }
  .count {
    display: inline-grid;
    min-width: 1.3rem;
    height: 1.3rem;
    padding: 0 0.35rem;
    place-items: center;
    border-radius: 999px;
    background: var(--gc-danger-fill);
    color: #ffffff;
    font-size: 0.78rem;
  }
  li {
    display: flex;
    align-items: center;
    gap: 0.75rem;
    min-height: 3.6rem;
    border-top: 1px solid var(--gc-line);
  }
  li:first-child {
    border-top: 0;
  }
  .way {
    display: flex;
    color: var(--gc-muted);
  }
  .way svg {
    width: 18px;
    height: 18px;
  }
  .about {
    flex: 1;
    min-width: 0;
  }
  .about p {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .about .muted {
    font-size: 0.88rem;
  }
  .strong {
    font-weight: 600;
  }
  .missed .strong,
  .missed .way {
    color: var(--gc-danger);
  }
  .round {
    width: var(--gc-control);
    padding: 0;
    border-radius: 50%;
    color: var(--gc-accent);
  }
  .more {
    margin-top: 0.8rem;
  }
  .empty {
    display: grid;
    justify-items: center;
    gap: 0.4rem;
    padding: 1.6rem 0.5rem;
    color: var(--gc-muted);
    text-align: center;
  }
  .empty .strong {
    color: var(--gc-text);
  }
`;
