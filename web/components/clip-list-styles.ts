/** How the clips of a room are laid out. */
import { css } from 'lit';

/** For `<gridcast-clip-list>` alone. */
export const clipListStyles = css`
  :host {
    display: block;
    container-type: inline-size;
  }
  h3 {
    padding-bottom: 0.4rem;
    font-size: 1rem;
  }
  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 0.3rem 0.6rem;
    align-items: center;
    padding: 0.6rem 0;
    border-top: 1px solid var(--gc-line);
  }
  .fresh {
    box-shadow: -0.5rem 0 0 0 var(--gc-accent-soft), 0.5rem 0 0 0 var(--gc-accent-soft);
    background: var(--gc-accent-soft);
  }
  .name {
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .about p:last-child {
    color: var(--gc-muted);
    font-size: 0.9rem;
  }
  .deeds {
    display: flex;
    gap: 0.4rem;
    align-items: center;
  }
  .delete {
    color: var(--gc-danger);
  }
  .told,
  gridcast-copy-field {
    grid-column: 1 / -1;
  }
  .told {
    color: var(--gc-muted);
    font-size: 0.9rem;
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
  @container (max-width: 30em) {
    li {
      grid-template-columns: minmax(0, 1fr);
    }
    .deeds .button {
      flex: 1 1 auto;
    }
  }
`;
