/** A small menu above one of the buttons below the picture. */
import { css } from 'lit';

/** For elements whose button and `.menu` stand in an `.anchor`. */
export const controlMenu = css`
  :host {
    display: contents;
  }
  .anchor {
    position: relative;
    display: inline-grid;
  }
  .menu {
    position: absolute;
    z-index: 4;
    right: 50%;
    bottom: calc(100% + 0.5rem);
    display: grid;
    gap: 0.2rem;
    width: max-content;
    min-width: 13rem;
    max-height: 70dvh;
    padding: 0.5rem;
    overflow-y: auto;
    border: 1px solid var(--gc-line);
    border-radius: var(--gc-radius);
    background: var(--gc-surface);
    color: var(--gc-text);
    box-shadow: var(--gc-shadow);
    transform: translateX(50%);
  }
  .item {
    display: flex;
    align-items: center;
    gap: 0.7rem;
    min-height: 44px;
    padding: 0 0.8rem;
    border: 0;
    border-radius: var(--gc-radius-small);
    background: transparent;
    color: var(--gc-text);
    font: inherit;
    font-weight: 600;
    text-align: start;
    cursor: pointer;
  }
  .item:hover {
    background: var(--gc-raised);
  }
  .item kbd {
    margin-left: auto;
    padding-left: 1rem;
    color: var(--gc-muted);
    font: inherit;
    font-size: 0.82rem;
    font-weight: 400;
  }
  .item.danger {
    color: var(--gc-danger);
  }
  hr {
    width: 100%;
    margin: 0.2rem 0;
    border: 0;
    border-top: 1px solid var(--gc-line);
  }
  @media (max-width: 63.99rem) {
    .menu {
      position: fixed;
      right: 0.6rem;
      bottom: 8.5rem;
      left: 0.6rem;
      width: auto;
      max-width: 24rem;
      margin-inline: auto;
      transform: none;
    }
  }
  /* On a phone held sideways the buttons stand in one row, and the menu has all the room above them. */
  @media (max-width: 63.99rem) and (max-height: 30rem) {
    .menu {
      bottom: 4.5rem;
      max-height: calc(100dvh - 5rem);
    }
  }
`;
