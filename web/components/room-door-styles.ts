/** How those who wait before a room look to its hosts. */
import { css } from 'lit';

/** For `<gridcast-room-door>` alone. */
export const roomDoorStyles = css`
  :host {
    display: block;
    min-width: 0;
  }
  .door {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.3rem;
    margin: 0 0.6rem 0.5rem;
    padding: 0.35rem 0.5rem;
    border: 1px solid var(--gc-accent);
    border-radius: var(--gc-radius-small);
    background: var(--gc-surface);
    font-size: 0.94rem;
    line-height: 1.3;
    animation: drop 220ms ease-out;
  }
  @keyframes drop {
    from {
      transform: translateY(-8px);
    }
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    gap: 0.4rem 0.6rem;
    align-items: center;
    min-height: 44px;
    padding-left: 0.4rem;
  }
  .row > svg {
    flex: none;
  }
  .say {
    flex: 1 1 9rem;
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .say small {
    display: block;
    color: var(--gc-muted);
    font-size: 0.84rem;
    font-variant-numeric: tabular-nums;
  }
  .sign {
    display: grid;
    flex: none;
    width: 34px;
    height: 34px;
    place-items: center;
    border-radius: 50%;
    background: var(--gc-accent-soft);
    color: var(--gc-accent);
    font-size: 0.85rem;
    font-weight: 650;
  }
  .sign svg {
    width: 18px;
    height: 18px;
  }
  ul {
    max-height: min(40vh, 20rem);
    overflow-y: auto;
    border-top: 1px solid var(--gc-line);
  }
  li + li {
    border-top: 1px solid var(--gc-line);
  }
`;
