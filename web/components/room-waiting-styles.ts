/** How waiting before a room looks. */
import { css } from 'lit';

/** For `<gridcast-room-waiting>` alone. */
export const waitingStyles = css`
  :host {
    display: block;
    min-height: var(--gridcast-height, 100dvh);
    background: var(--gc-bg);
  }
  .page {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: clamp(1rem, 3vh, 1.5rem);
    max-width: 72rem;
    min-height: var(--gridcast-height, 100dvh);
    align-content: center;
    margin: 0 auto;
    padding: 1rem clamp(0.8rem, 4vw, 2rem) 2rem;
  }
  .card {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    align-content: center;
    justify-items: center;
    gap: 0.9rem;
    padding: clamp(1.4rem, 4vw, 2.4rem);
    text-align: center;
  }
  .door {
    position: relative;
    display: grid;
    width: 5rem;
    height: 5rem;
    margin: 1.2rem 0 1.6rem;
    place-items: center;
    border-radius: 50%;
    background: var(--gc-accent-soft);
    color: var(--gc-accent);
  }
  .door svg {
    width: 34px;
    height: 34px;
  }
  .door::before,
  .door::after {
    position: absolute;
    inset: 0;
    border: 2px solid var(--gc-accent);
    border-radius: 50%;
    content: '';
    animation: ripple 3.6s ease-out infinite;
  }
  .door::after {
    animation-delay: 1.8s;
  }
  @keyframes ripple {
    from {
      opacity: 0.6;
      transform: scale(1);
    }
    to {
      opacity: 0;
      transform: scale(1.55);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .door::before,
    .door::after {
      display: none;
    }
  }
  .where {
    color: var(--gc-muted);
  }
  h1 {
    font-size: clamp(1.3rem, 3vw, 1.7rem);
    letter-spacing: -0.01em;
    line-height: 1.25;
    overflow-wrap: anywhere;
  }
  h1:focus-visible {
    outline: none;
  }
  .what {
    font-size: 1.08rem;
    font-weight: 600;
    text-wrap: balance;
  }
  .hint {
    max-width: 26rem;
    color: var(--gc-muted);
    text-wrap: balance;
  }
  .left {
    display: grid;
    justify-items: center;
    padding: 0.6rem 1.4rem;
    border-radius: var(--gc-radius);
    background: var(--gc-raised);
  }
  .left b {
    font-size: clamp(1.8rem, 6vw, 2.6rem);
    font-variant-numeric: tabular-nums;
    letter-spacing: -0.02em;
    line-height: 1.15;
  }
  .left span {
    color: var(--gc-muted);
    font-size: 0.88rem;
  }
  .lost {
    padding: 0.5rem 0.9rem;
    border-radius: var(--gc-radius-small);
    background: var(--gc-warning-soft);
    color: var(--gc-warning);
    font-size: 0.92rem;
    font-weight: 600;
  }
  .actions {
    justify-content: center;
    margin-top: 0.4rem;
  }
  .own {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.8rem;
    align-content: center;
  }
  .own p {
    color: var(--gc-muted);
    font-size: 0.92rem;
    text-align: center;
  }
  @media (min-width: 56rem) {
    .page {
      grid-template-columns: minmax(0, 1.1fr) minmax(20rem, 0.9fr);
      gap: 2rem;
    }
    .card {
      order: 1;
    }
  }
`;
