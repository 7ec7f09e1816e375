/** How the list of recordings looks. */
import { css } from 'lit';

/** For `<gridcast-admin-recordings>` alone. */
export const adminListStyles = css`
  gridcast-admin-filters {
    margin-bottom: 1.2rem;
  }
  .head .trash {
    margin-left: auto;
  }
  .recording {
    grid-template-columns: 10rem minmax(0, 1fr) auto;
    gap: 0.8rem 1.1rem;
    align-items: center;
    padding: 0.8rem;
  }
  .recording > gridcast-notice {
    grid-column: 1 / -1;
  }
  .poster {
    position: relative;
    display: block;
    border-radius: var(--gc-radius-small);
  }
  .length {
    position: absolute;
    right: 0.4rem;
    bottom: 0.4rem;
    padding: 0.05rem 0.4rem;
    border-radius: 5px;
    background: #05080bd9;
    color: #ffffff;
    font-size: 0.78rem;
    font-variant-numeric: tabular-nums;
    font-weight: 600;
  }
  .about {
    display: grid;
    gap: 0.3rem;
    min-width: 0;
  }
  h2 {
    font-size: 1.08rem;
    line-height: 1.3;
    overflow-wrap: anywhere;
  }
  h2 a {
    border-radius: 4px;
    color: inherit;
    text-decoration: none;
  }
  h2 a:hover {
    color: var(--gc-accent);
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  .people {
    display: flex;
    align-items: center;
    gap: 0.4rem;
    overflow-wrap: anywhere;
  }
  .people svg {
    flex: none;
    width: 17px;
    height: 17px;
  }
  .about progress {
    margin-top: 0.2rem;
  }
  .more {
    justify-content: center;
    margin-top: 0.4rem;
  }
  @media (max-width: 46rem) {
    .recording {
      grid-template-columns: 7.5rem minmax(0, 1fr);
      align-items: start;
    }
    .recording > .actions {
      grid-column: 1 / -1;
      justify-content: flex-end;
    }
  }
  /* Many are in sight on a telephone: whoever looks for one reads titles and dates, and knows it by its picture. */
  @media (max-width: 26rem) {
    .recording {
      grid-template-columns: 6rem minmax(0, 1fr);
      gap: 0.5rem 0.8rem;
    }
    .length {
      right: 0.25rem;
      bottom: 0.25rem;
    }
  }
  @media (max-width: 18rem) {
    .recording {
      grid-template-columns: minmax(0, 1fr);
    }
  }
`;
