/** What a person reads when something is wrong with what they send. */
import type { SignalKind } from '../../src/protocol/messages.ts';
import type { Problem } from '../util/problem.ts';

const WORDS: Readonly<Record<SignalKind, { readonly title: string; readonly detail: string }>> = {
  silence: {
    title: 'Nobody can hear you',
    detail:
      'Your microphone is on, but gives no sound. Look for a switch on the headset or its cable, or choose another microphone.',
  },
  clipping: {
    title: 'Your sound is distorted',
    detail: 'The microphone is too loud. Turn its level down in the system settings, or move away from it.',
  },
  black: {
    title: 'Your picture is black',
    detail: 'Look for a cover on the lens or a privacy switch, or choose another camera.',
  },
  frozen: {
    title: 'Your picture stands still',
    detail:
      'The camera gives the same picture all the time. Turn it off and on again; if that does not help, unplug it once.',
  },
  network: {
    title: 'Your network is slow',
    detail:
      'It does not take what you send, so others see fewer pictures of you. Move nearer to the router, use a cable, or turn the camera off.',
  },
};

/** The code is `signal.` with the kind. */
export function signalProblem(kind: SignalKind): Problem {
  return { ...WORDS[kind], retry: false, code: `signal.${kind}` };
}
