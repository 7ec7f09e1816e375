/** How the links of a host are laid out, beside what lists of hosts have alike. */
import { css } from 'lit';

/** For `<gridcast-invite-list>` alone. */
export const inviteListStyles = css`
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
    min-height: 4rem;
  }
  li:first-child {
    border-top: 0;
  }
  li gridcast-copy-field {
    padding-bottom: 0.4rem;
  }
  .name {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.2rem 0.5rem;
  }
  .nobody {
    color: var(--gc-muted);
  }
  .copy {
    min-width: 6.4rem;
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
