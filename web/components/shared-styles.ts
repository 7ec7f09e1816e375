/** How the page of a shared recording looks. */
import { css } from 'lit';

/** For `<gridcast-shared>` alone. */
export const sharedStyles = css`
  :host {
    display: block;
  }
  .page {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1.1rem;
    max-width: 76rem;
    margin: 0 auto;
    padding: clamp(0.75rem, 3vw, 2rem);
  }
  .stage {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1rem;
    width: 100%;
    max-width: calc((100dvh - 13rem) * 16 / 9);
    min-width: min(100%, 34rem);
    margin: 0 auto;
  }
  .stage.wide {
    max-width: none;
  }
  gridcast-recording-aside {
    max-height: 20rem;
  }
  header {
    display: flex;
    flex-wrap: wrap;
    align-items: start;
    justify-content: space-between;
    gap: 0.8rem 2rem;
  }
  h1 {
    font-size: 1.5rem;
    letter-spacing: -0.01em;
    line-height: 1.25;
    overflow-wrap: anywhere;
  }
  .small {
    font-size: 0.9rem;
  }
  .actions {
    align-items: flex-start;
  }
  .wait {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 0.8rem;
    padding: 4rem 0;
    color: var(--gc-muted);
  }
  .sorry {
    display: grid;
    justify-items: center;
    gap: 0.6rem;
    width: min(32rem, 100%);
    margin: clamp(1rem, 10vh, 6rem) auto 0;
    text-align: center;
  }
  .sorry p {
    text-wrap: balance;
  }
  .sorry .sign {
    display: grid;
    width: 3.4rem;
    height: 3.4rem;
    place-items: center;
    border-radius: 50%;
    background: var(--gc-raised);
    color: var(--gc-muted);
  }
  .sorry .button {
    margin-top: 0.4rem;
  }
  @media (min-width: 62rem) {
    .stage.wide {
      grid-template-columns: minmax(0, 1fr) 20rem;
    }
    .stage.wide gridcast-recording-aside {
      height: 0;
      min-height: 100%;
      max-height: none;
    }
  }
`;
