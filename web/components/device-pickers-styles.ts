/** How the choice of devices looks. */
import { css } from 'lit';

/** For `<gridcast-device-pickers>` alone. */
export const devicePickersStyles = css`
  :host {
    display: grid;
    gap: 0.9rem;
    container-type: inline-size;
  }
  .device {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    gap: 0.35rem 0.7rem;
    align-items: center;
  }
  .device > svg,
  .device > .sign {
    display: flex;
    color: var(--gc-muted);
  }
  .device select {
    grid-column: 2;
    text-overflow: ellipsis;
  }
  .device select.wide {
    grid-column: 2 / -1;
  }
  .device .below {
    grid-column: 2 / -1;
    min-height: 1.3rem;
  }
  /* Of its own text, however large somebody reads it. */
  @container (max-width: 14em) {
    .device select {
      grid-column: 2 / -1;
    }
    .test {
      grid-column: 2;
    }
  }
  .meter {
    display: flex;
    flex-wrap: wrap;
    gap: 0.2rem 0.7rem;
    align-items: center;
  }
  .hint {
    color: var(--gc-muted);
    font-size: 0.85rem;
    line-height: 1.35;
  }
  .test {
    min-width: 5.4rem;
    padding-inline: 0.8rem;
  }
  .headphones {
    padding-top: 0.8rem;
    border-top: 1px solid var(--gc-line);
  }
  .switch {
    min-height: 44px;
    font-weight: 600;
  }
`;
