/** How people are listed to be called, and how one looks who is being rung. */
import { css } from 'lit';

/** A field to search and a list of people and how they are, of whom names longer than three lines are cut. */
export const peopleList = css`
  .search {
    position: relative;
    margin-bottom: 0.6rem;
  }
  .search svg {
    position: absolute;
    top: 50%;
    left: 12px;
    color: var(--gc-muted);
    pointer-events: none;
    translate: 0 -50%;
  }
  .search input {
    padding-left: calc(1.25rem + 24px);
  }
  li {
    display: flex;
    align-items: center;
    gap: 0.9rem;
    min-height: 4.2rem;
    border-top: 1px solid var(--gc-line);
  }
  li:first-child {
    border-top: 0;
  }
  .about {
    flex: 1;
    min-width: 0;
  }
  li .about p {
    display: -webkit-box;
    overflow: hidden;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 3;
    line-height: 1.35;
    overflow-wrap: anywhere;
  }
  .name {
    font-weight: 600;
  }
  .state {
    color: var(--gc-muted);
    font-size: 0.9rem;
  }
  .state.online {
    color: var(--gc-accent);
  }
  .state.in-call {
    color: var(--gc-danger);
  }
  .round {
    flex: none;
    width: var(--gc-control);
    padding: 0;
    border-radius: 50%;
  }
`;

/** Waves around the sign of somebody who is being rung, as far as `--rings`, 0.6rem if that is not set. */
export const rings = css`
  .rings {
    border-radius: 50%;
    animation: rings 1.8s ease-out infinite;
  }
  @keyframes rings {
    from {
      box-shadow: 0 0 0 0 color-mix(in srgb, var(--gc-accent) 55%, transparent);
    }
    70%,
    to {
      box-shadow: 0 0 0 var(--rings, 0.6rem) transparent;
    }
  }
`;
