/** How the people of the admin page look. */
import { css } from 'lit';

/** For `<gridcast-admin-people>` alone. */
export const adminPeopleStyles = css`
  :host {
    --sign: 2.5rem;
  }
  .intro {
    max-width: 62ch;
    margin-bottom: 1rem;
  }
  .tools {
    margin-left: auto;
  }
  .tools .button:not(.primary)[aria-expanded='true'] {
    background: var(--gc-raised);
  }
  .parts {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1rem;
  }
  .search {
    position: relative;
    max-width: 30rem;
  }
  .search svg {
    position: absolute;
    top: 50%;
    left: 0.7rem;
    color: var(--gc-muted);
    pointer-events: none;
    translate: 0 -50%;
  }
  .search input {
    width: 100%;
    padding-left: 2.5rem;
  }
  .card-section {
    padding-block: 0.35rem;
  }
  .rows > li {
    flex-wrap: nowrap;
    min-height: 4.2rem;
  }
  .who {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.2rem 0.5rem;
    min-width: 0;
  }
  .about {
    display: flex;
    flex-wrap: wrap;
    gap: 0 0.9rem;
  }
  .more {
    justify-content: center;
  }
  .empty .button {
    margin-top: 0.7rem;
  }
  @media (max-width: 40rem) {
    .tools {
      width: 100%;
      margin-left: 0;
    }
    .tools .button {
      flex: 1;
      padding-inline: 0.6rem;
    }
    .card-section {
      padding-inline: 0.9rem 0.5rem;
    }
  }
`;
