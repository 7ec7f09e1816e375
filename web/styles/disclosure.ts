/** What opens below its own heading. */
import { css } from 'lit';

/** The heading of a `<details>`, with an arrow. */
export const disclosureHeads = css`
  summary {
    display: flex;
    align-items: center;
    min-height: var(--gc-control);
    font-weight: 600;
    cursor: pointer;
  }
  summary::before {
    width: 1.2em;
    content: '▸';
  }
  details[open] summary::before {
    content: '▾';
  }
`;

/** For `<details>` between other things. */
export const disclosures = css`
  ${disclosureHeads}
  details {
    border-top: 1px solid var(--gc-line);
  }
`;
