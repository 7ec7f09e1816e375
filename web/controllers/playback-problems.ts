/** What is said when a browser cannot play a stream. */
import type { Problem } from '../util/problem.ts';

/** It has no way to play any. */
export const CANNOT_PLAY: Problem = {
  title: 'This browser cannot play the stream',
  detail: 'It lacks Media Source Extensions. Use a current Chrome, Edge, Firefox or Safari.',
  retry: false,
  code: 'player.unsupported',
};

/** Its decoder gave up. */
export function undecodable(reason: string): Problem {
  return {
    title: 'The stream cannot be played',
    detail: `The browser's decoder gave up (${reason}). Try again, or use another browser.`,
    retry: true,
    code: 'player.decoder',
    values: { reason },
  };
}
