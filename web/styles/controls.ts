/** Buttons, fields, cards and badges, the same everywhere. */
import { css } from 'lit';

/** Buttons and links that look like them. */
export const buttons = css`
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.5rem;
    min-height: var(--gc-control);
    padding: 0.5rem 1.1rem;
    border: 1px solid var(--gc-line-strong);
    border-radius: var(--gc-radius-small);
    background: transparent;
    color: var(--gc-text);
    font: inherit;
    font-weight: 600;
    line-height: 1.2;
    text-decoration: none;
    cursor: pointer;
    transition:
      background 120ms,
      border-color 120ms;
  }
  .button:hover {
    background: var(--gc-raised);
  }
  .button:disabled,
  .button[aria-disabled='true'] {
    cursor: not-allowed;
    opacity: 0.55;
  }
  .button.primary {
    border-color: var(--gc-accent);
    background: var(--gc-accent);
    color: var(--gc-on-accent);
  }
  .button.primary:hover:enabled,
  a.button.primary:hover {
    border-color: var(--gc-accent-hover);
    background: var(--gc-accent-hover);
  }
  .button.danger {
    border-color: var(--gc-danger-fill);
    background: var(--gc-danger-fill);
    color: #ffffff;
  }
  .button.danger:hover:enabled {
    border-color: var(--gc-danger-hover);
    background: var(--gc-danger-hover);
  }
  .button.quiet {
    border-color: transparent;
  }
  .button.small {
    min-height: 36px;
    padding: 0.3rem 0.75rem;
    font-size: 0.9rem;
  }
  .button svg {
    flex: none;
  }
  @media (pointer: coarse) {
    .button.small {
      min-height: var(--gc-control);
    }
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 0.6rem;
    align-items: center;
  }
`;

/** Labels, inputs and what is said below them. */
export const fields = css`
  .field {
    display: grid;
    gap: 0.35rem;
  }
  .field label {
    font-size: 0.92rem;
    font-weight: 600;
  }
  .field .hint {
    color: var(--gc-muted);
    font-size: 0.88rem;
  }
  input[type='text'],
  input[type='password'],
  select {
    width: 100%;
    min-height: var(--gc-control);
    padding: 0.5rem 0.8rem;
    border: 1px solid var(--gc-line-strong);
    border-radius: var(--gc-radius-small);
    background: var(--gc-bg);
    color: var(--gc-text);
    font: inherit;
  }
  input::placeholder {
    color: var(--gc-muted);
    opacity: 1;
  }
  input[aria-invalid='true'] {
    border-color: var(--gc-danger);
  }
  input[type='range'] {
    min-height: 28px;
    accent-color: var(--gc-accent);
  }
`;

/** Surfaces, badges and lists of facts. */
export const surfaces = css`
  .card {
    padding: clamp(1.1rem, 3vw, 1.6rem);
    border: 1px solid var(--gc-line);
    border-radius: var(--gc-radius);
    background: var(--gc-surface);
    box-shadow: var(--gc-shadow);
  }
  .badge {
    display: inline-flex;
    align-items: center;
    gap: 0.4rem;
    padding: 0.15rem 0.6rem;
    border-radius: 999px;
    background: var(--gc-raised);
    color: var(--gc-text);
    font-size: 0.82rem;
    font-weight: 600;
    line-height: 1.5;
    white-space: nowrap;
  }
  .badge.good {
    background: var(--gc-accent-soft);
    color: var(--gc-accent);
  }
  .badge.bad {
    background: var(--gc-danger-soft);
    color: var(--gc-danger);
  }
  .badge.warn {
    background: var(--gc-warning-soft);
    color: var(--gc-warning);
  }
  .badge.live {
    background: var(--gc-danger-fill);
    color: #ffffff;
  }
  @media (forced-colors: active) {
    .badge {
      outline: 1px solid;
    }
  }
  .badge.live::before {
    width: 0.5rem;
    height: 0.5rem;
    border-radius: 50%;
    background: currentColor;
    content: '';
    animation: pulse 1.6s ease-in-out infinite;
  }
  @keyframes pulse {
    50% {
      opacity: 0.35;
    }
  }
  .muted {
    color: var(--gc-muted);
  }
  .spinner {
    display: inline-block;
    width: 1.5rem;
    height: 1.5rem;
    border: 3px solid var(--gc-line);
    border-top-color: var(--gc-accent);
    border-radius: 50%;
    animation: turn 900ms linear infinite;
  }
  .small .spinner,
  .quiet .spinner,
  .tool .spinner {
    width: 1.1rem;
    height: 1.1rem;
  }
  @keyframes turn {
    to {
      transform: rotate(1turn);
    }
  }
`;
