/** How the layout panel is laid out: head, tabs and preview stay, the form scrolls, the foot stays. */
import { css } from 'lit';

/** For `<gridcast-room-layout-panel>` alone. */
export const layoutPanelStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    overflow: hidden;
    background: var(--gc-surface);
  }
  .waiting {
    padding: 1rem 1.1rem;
  }
  .top {
    display: flex;
    align-items: center;
    justify-content: space-between;
    padding: 0.3rem 0.7rem 0 1.1rem;
    border-bottom: 1px solid var(--gc-line);
  }
  .tabs {
    display: flex;
    flex-wrap: wrap;
    gap: 0.3rem;
  }
  .tabs button {
    min-height: 46px;
    padding: 0.3rem 0.8rem;
    border: 0;
    border-bottom: 3px solid transparent;
    background: transparent;
    color: var(--gc-muted);
    font: inherit;
    font-weight: 600;
    cursor: pointer;
  }
  .tabs button[aria-selected='true'] {
    border-color: var(--gc-accent);
    color: var(--gc-text);
  }
  .preview {
    padding: 0.8rem 1.1rem 0.4rem;
  }
  .caption {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.2rem 0.5rem;
    min-height: 2rem;
    margin-top: 0.3rem;
    font-size: 0.88rem;
  }
  .body {
    /* What is there for assistive technology alone scrolls with the rest, or the page would be longer than its window. */
    position: relative;
    flex: 1;
    min-height: 0;
    padding: 0.6rem 1.1rem 1.2rem;
    overflow-y: auto;
  }
  .foot {
    display: grid;
    gap: 0.5rem;
    padding: 0.7rem 1.1rem;
    border-top: 1px solid var(--gc-line);
    background: var(--gc-raised);
  }
  .caption .button {
    margin-left: auto;
  }
  /* A phone on its side: everything scrolls, only the foot stays. */
  @media (max-height: 34rem) {
    :host {
      overflow-y: auto;
    }
    .body {
      flex: none;
      overflow-y: visible;
    }
    .foot {
      position: sticky;
      bottom: 0;
    }
  }
`;
