/** Panels beside the picture: heads, groups, switches, and choices between two or three. */
import { css } from 'lit';

/** Small square buttons with an icon alone; fingers get the large ones. */
export const toolButtons = css`
  .tool {
    display: inline-grid;
    flex: none;
    width: 36px;
    height: 36px;
    padding: 0;
    place-items: center;
    border: 1px solid transparent;
    border-radius: var(--gc-radius-small);
    background: transparent;
    color: var(--gc-text);
    cursor: pointer;
  }
  .tool:hover:enabled {
    background: var(--gc-line);
  }
  .tool:disabled,
  .tool[aria-disabled='true'] {
    cursor: default;
    opacity: 0.35;
  }
  .tool[aria-pressed='true'] {
    border-color: var(--gc-accent);
    background: var(--gc-accent-soft);
    color: var(--gc-accent);
  }
  .tool.large {
    width: 44px;
    height: 44px;
  }
  @media (pointer: coarse) {
    .tool {
      width: 44px;
      height: 44px;
    }
  }
`;

/** For what stands in a panel. */
export const panelParts = css`
  ${toolButtons}
  .head {
    display: flex;
    align-items: center;
    justify-content: space-between;
    padding: 0.7rem 0.7rem 0.4rem 1.1rem;
  }
  .head h2 {
    font-size: 1.05rem;
  }
  .group {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.5rem;
    min-width: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  .group > legend,
  .group > h3 {
    margin-bottom: 0.1rem;
    padding: 0;
    font-size: 0.95rem;
    font-weight: 650;
  }
  .hint {
    color: var(--gc-muted);
    font-size: 0.85rem;
    line-height: 1.35;
  }
  .error {
    color: var(--gc-danger);
    font-size: 0.88rem;
    line-height: 1.35;
  }
  .switch {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 0.8rem;
    min-height: var(--gc-control);
    overflow-wrap: anywhere;
    cursor: pointer;
  }
  .switch input {
    position: relative;
    flex: none;
    width: 42px;
    height: 24px;
    margin: 0;
    border: 1px solid var(--gc-line-strong);
    border-radius: 12px;
    background: var(--gc-bg);
    appearance: none;
    cursor: pointer;
  }
  .switch input::after {
    position: absolute;
    top: 3px;
    left: 3px;
    width: 16px;
    height: 16px;
    border-radius: 50%;
    background: var(--gc-line-strong);
    content: '';
    transition: transform 120ms;
  }
  .switch input:checked {
    border-color: var(--gc-accent);
    background: var(--gc-accent);
  }
  .switch input:checked::after {
    background: var(--gc-on-accent);
    transform: translateX(18px);
  }
  .choice {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0.2rem 0.8rem;
    min-height: 40px;
  }
  .choice > div {
    display: flex;
    flex-wrap: wrap;
    overflow: hidden;
    border: 1px solid var(--gc-line-strong);
    border-radius: var(--gc-radius-small);
  }
  .choice label {
    /* Its input is not seen, and is to be scrolled to where its words are. */
    position: relative;
    padding: 0.35rem 0.8rem;
    font-size: 0.9rem;
    cursor: pointer;
  }
  .choice label:has(:checked) {
    background: var(--gc-accent);
    color: var(--gc-on-accent);
    font-weight: 600;
  }
  .choice label:has(:focus-visible) {
    outline: 3px solid var(--gc-accent);
    outline-offset: -3px;
  }
  .choice label:has(:checked:focus-visible) {
    outline-color: var(--gc-on-accent);
  }
  input[type='number'] {
    min-height: 36px;
    padding: 0.2rem 0.4rem;
    border: 1px solid var(--gc-line-strong);
    border-radius: var(--gc-radius-small);
    background: var(--gc-bg);
    color: var(--gc-text);
    font: inherit;
    font-variant-numeric: tabular-nums;
  }
  input[type='number'][aria-invalid='true'] {
    border-color: var(--gc-danger);
  }
`;
