/** Cards with a heading that parts of a recording's page are. */
import { css } from 'lit';

/** For sections of the admin page. */
export const adminSectionStyles = css`
  :host {
    display: block;
    min-width: 0;
  }
  .card-section {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.8rem;
    padding: 1rem 1.2rem;
    border: 1px solid var(--gc-line);
    border-radius: var(--gc-radius);
    background: var(--gc-surface);
  }
  .section-head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0.4rem 1rem;
  }
  h2 {
    font-size: 1.1rem;
  }
  h3 {
    font-size: 0.95rem;
  }
  .rows {
    display: grid;
  }
  .rows > li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.3rem 0.8rem;
    min-width: 0;
    padding: 0.55rem 0;
  }
  .rows > li + li {
    border-top: 1px solid var(--gc-line);
  }
  .grow {
    display: grid;
    flex: 1 1 12rem;
    gap: 0.1rem;
    min-width: 0;
  }
  .grow b {
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  small {
    color: var(--gc-muted);
    font-size: 0.85rem;
    font-variant-numeric: tabular-nums;
    overflow-wrap: anywhere;
  }
  small.bad {
    color: var(--gc-danger);
  }
  .wait {
    display: flex;
    align-items: center;
    gap: 0.7rem;
  }
  .form-row {
    display: flex;
    flex-wrap: wrap;
    gap: 0.7rem;
    align-items: end;
  }
  progress {
    width: 100%;
    height: 8px;
    overflow: hidden;
    border: 0;
    border-radius: 4px;
    background: var(--gc-raised);
    accent-color: var(--gc-accent);
  }
  progress::-webkit-progress-bar {
    background: var(--gc-raised);
  }
  progress::-webkit-progress-value {
    border-radius: 4px;
    background: var(--gc-accent);
    transition: inline-size 400ms;
  }
  progress::-moz-progress-bar {
    background: var(--gc-accent);
  }
  .check {
    display: flex;
    align-items: center;
    gap: 0.6rem;
    min-height: 36px;
    cursor: pointer;
  }
  .check input {
    flex: none;
    width: 20px;
    height: 20px;
    margin: 0;
    accent-color: var(--gc-accent);
  }
`;
