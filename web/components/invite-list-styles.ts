/** How the links of a host are laid out. */
import { css } from 'lit';

/** For `<gridcast-invite-list>` alone. */
export const inviteListStyles = css`
  :host {
    display: block;
  }
  summary .badge {
    margin-left: 0.6rem;
    font-variant-numeric: tabular-nums;
  }
  .body {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.9rem;
    padding: 0.2rem 0 1.1rem;
  }
  li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto auto;
    gap: 0.3rem 0.4rem;
    align-items: center;
    min-height: 4rem;
    padding: 0.5rem 0;
    border-top: 1px solid var(--gc-line);
  }
  li:first-child {
    border-top: 0;
  }
  li gridcast-copy-field {
    grid-column: 1 / -1;
    padding-bottom: 0.4rem;
  }
  .name {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.2rem 0.5rem;
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .about p:last-child {
    color: var(--gc-muted);
    font-size: 0.9rem;
  }
  .nobody {
    color: var(--gc-muted);
    font-weight: 600;
  }
  .copy {
    min-width: 6.4rem;
  }
  .revoke {
    color: var(--gc-danger);
  }
  .empty {
    display: grid;
    justify-items: center;
    gap: 0.3rem;
    padding: 1rem 0.5rem 0.4rem;
    text-align: center;
  }
  .empty p {
    max-width: 40ch;
    text-wrap: balance;
  }
  .strong {
    font-weight: 600;
  }
  .wait {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 0.7rem;
    padding: 1rem 0;
  }
  @media (max-width: 30rem) {
    .copy {
      min-width: var(--gc-control);
      padding-inline: 0.6rem;
    }
    .copy .word {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
      white-space: nowrap;
    }
  }
`;
