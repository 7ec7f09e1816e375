/** Why a screen is not shared, in words. */
import type { Problem } from '../util/problem.ts';

/**
 * @param name of the exception that getDisplayMedia gave. @param message of the same.
 * Undefined: the person closed the browser's question, which needs no words.
 */
export function describeScreenError(name: string, message: string): Problem | undefined {
  switch (name) {
    case 'NotAllowedError':
      // Chromium and Safari name the system when it, and not the person, said no.
      if (!/system|policy/i.test(message)) return undefined;
      return {
        code: 'screen.blocked',
        title: 'The screen is blocked',
        detail:
          'The system does not let this browser record the screen. Allow it in the system’s privacy settings under screen recording, start the browser again, and try again.',
        retry: true,
      };
    case 'InvalidStateError':
      return {
        code: 'screen.click',
        title: 'The screen was not shared',
        detail: 'The browser wants a fresh click for it. Press “Share screen” again.',
        retry: true,
      };
    case 'NotFoundError':
      return {
        code: 'screen.missing',
        title: 'There is nothing to share',
        detail: 'The browser found no screen, window or tab. Open what you want to show and try again.',
        retry: true,
      };
    case 'NotReadableError':
    case 'AbortError':
      return {
        code: 'screen.busy',
        title: 'The screen cannot be read',
        detail: 'The system refused it, perhaps because of protected content. Choose another window and try again.',
        retry: true,
      };
    case 'NotSupportedError':
      return {
        code: 'screen.unsupported',
        title: 'This browser shares no screens',
        detail: 'Telephones and tablets mostly do not. Join from a computer to share its screen.',
        retry: false,
      };
    default:
      return {
        code: 'screen.failed',
        title: 'The screen was not shared',
        detail: `The browser says ${name || 'nothing about the reason'}. Try again, or choose another window.`,
        retry: true,
        values: { reason: name },
      };
  }
}
