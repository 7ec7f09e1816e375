/** Dialogs: a card in the middle, on phones a sheet at the lower edge. */
import { css } from 'lit';

/** For elements that hold a `<dialog>` with a `.top` row and a body. */
export const dialogs = css`
  dialog {
    width: min(34rem, calc(100vw - 2rem));
    max-height: calc(100dvh - 2rem);
    padding: 1.2rem 1.4rem 1.4rem;
    overflow-y: auto;
    border: 1px solid var(--gc-line);
    border-radius: var(--gc-radius);
    background: var(--gc-surface);
    color: var(--gc-text);
    box-shadow: var(--gc-shadow);
  }
  dialog::backdrop {
    background: #000a;
  }
  .top {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 1rem;
    margin-bottom: 0.8rem;
  }
  .top h2 {
    font-size: 1.2rem;
  }
  @media (max-width: 30rem) {
    dialog {
      width: 100vw;
      max-width: none;
      margin: auto 0 0;
      padding: 1rem 1rem max(1rem, env(safe-area-inset-bottom));
      border-radius: var(--gc-radius) var(--gc-radius) 0 0;
    }
  }
`;
