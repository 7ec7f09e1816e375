/** Quiet tables that become lists on a telephone. */
import { css } from 'lit';

/** For the views of the admin page that are tables. */
export const adminTableStyles = css`
  .intro {
    max-width: 62ch;
    margin-bottom: 1rem;
  }
  .table {
    overflow: hidden;
    border: 1px solid var(--gc-line);
    border-radius: var(--gc-radius);
    background: var(--gc-surface);
  }
  table {
    width: 100%;
    border-collapse: collapse;
    font-size: 0.95rem;
  }
  thead th {
    padding: 0.6rem 1.1rem;
    border-bottom: 1px solid var(--gc-line);
    color: var(--gc-muted);
    font-size: 0.82rem;
    font-weight: 600;
    text-align: start;
  }
  tbody th,
  td {
    padding: 0.5rem 1.1rem;
    text-align: start;
    vertical-align: baseline;
    overflow-wrap: anywhere;
  }
  tbody th {
    width: 38%;
    font-weight: 600;
  }
  tbody tr + tr > * {
    border-top: 1px solid color-mix(in srgb, var(--gc-line) 65%, transparent);
  }
  tbody tr:hover > * {
    background: color-mix(in srgb, var(--gc-raised) 45%, transparent);
  }
  td.value {
    font-variant-numeric: tabular-nums;
  }
  td:last-child {
    width: 8.5rem;
  }
  @media (max-width: 40rem) {
    thead {
      position: absolute;
      overflow: hidden;
      width: 1px;
      height: 1px;
      clip-path: inset(50%);
    }
    tbody tr {
      display: grid;
      grid-template-columns: minmax(0, 1fr) auto;
      gap: 0 0.8rem;
      padding: 0.55rem 1rem;
    }
    tbody tr + tr {
      border-top: 1px solid var(--gc-line);
    }
    tbody tr > * {
      width: auto !important;
      padding: 0.1rem 0;
      border: 0 !important;
    }
    tbody th {
      grid-column: 1 / -1;
    }
  }
`;

/** For those of them whose rows are what has happened. */
export const adminLogStyles = css`
  tbody th {
    width: 14rem;
    color: var(--gc-muted);
    font-variant-numeric: tabular-nums;
    font-weight: 400;
  }
  .what {
    font-weight: 600;
  }
  td:last-child {
    width: auto;
  }
`;
