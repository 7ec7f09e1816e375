/** How the fields of a room's door are laid out. */
import { css } from 'lit';

/** For `<gridcast-door-form>` alone. */
export const doorFormStyles = css`
  :host {
    display: block;
  }
  .fields {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.9rem;
  }
  .pair {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(13rem, 100%), 1fr));
    gap: 0.9rem;
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
  }
  .row input {
    flex: 1 1 10rem;
    min-width: 0;
  }
  input[type='datetime-local'] {
    width: 100%;
    min-height: var(--gc-control);
    padding: 0.5rem 0.8rem;
    border: 1px solid var(--gc-line-strong);
    border-radius: var(--gc-radius-small);
    background: var(--gc-bg);
    color: var(--gc-text);
    font: inherit;
  }
  .choice {
    display: flex;
    align-items: center;
    gap: 0.7rem;
    min-height: 2.75rem;
    cursor: pointer;
  }
  .choice input {
    flex: none;
    width: 1.25rem;
    height: 1.25rem;
    margin: 0;
    accent-color: var(--gc-accent);
  }
  .choice small {
    display: block;
    color: var(--gc-muted);
    font-size: 0.88rem;
  }
`;
