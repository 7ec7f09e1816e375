/** What a person reads when a camera or microphone goes away during the stay. */
import type { DeviceKind } from '../capture/device-words.ts';
import type { Problem } from '../util/problem.ts';

/** It went away and does not come back by itself. */
export function describeLoss(kind: DeviceKind): Problem {
  return {
    code: `${kind}.lost`,
    title: `The ${kind} went away`,
    detail: `It was unplugged, or its permission was withdrawn. Connect it and switch it on again, or choose another ${kind}.`,
    retry: true,
  };
}

/** It is on, and gives no pictures; nothing that the page can do has helped. */
export function describeStandstill(): Problem & { readonly code: string } {
  return {
    code: 'camera.stopped',
    title: 'The camera gives no pictures',
    detail:
      'Taking it again did not help. Close other programs that use it, look for a switch on it, unplug it once, or choose another camera.',
    retry: true,
  };
}

/** Another device took its place; labels may be empty. */
export function describeFallback(kind: DeviceKind, lost: string, used: string): Problem {
  return {
    code: `${kind}.replaced`,
    title: `Another ${kind} is in use`,
    detail: `${lost || `The ${kind} you chose`} went away; ${used || 'another one'} is used instead. You can choose a ${kind} in the settings.`,
    retry: false,
    values: { lost, used },
  };
}
