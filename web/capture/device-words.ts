/** Why a camera or microphone does not open, in words. */
import type { Problem } from '../util/problem.ts';

/** What was asked for. */
export type DeviceKind = 'camera' | 'microphone';

/** @param name of the DOMException that getUserMedia gave. */
export function describeDeviceError(kind: DeviceKind, name: string): Problem {
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return {
        code: `${kind}.blocked`,
        title: `The ${kind} is blocked`,
        detail: `This page may not use your ${kind}. Allow it in the browser's address bar or in the system's privacy settings, then try again.`,
        retry: true,
      };
    case 'NotFoundError':
    case 'OverconstrainedError':
      return {
        code: `${kind}.missing`,
        title: `No ${kind} found`,
        detail: `Connect a ${kind} and try again, or join without one.`,
        retry: true,
      };
    case 'NotReadableError':
    case 'AbortError':
      return {
        code: `${kind}.busy`,
        title: `The ${kind} is in use`,
        detail: `Another program seems to hold your ${kind}. Close it and try again.`,
        retry: true,
      };
    default:
      return {
        code: `${kind}.failed`,
        title: `The ${kind} does not start`,
        detail: `The browser says ${name || 'nothing about the reason'}. Try again, or choose another ${kind}.`,
        retry: true,
        values: { reason: name },
      };
  }
}

/** One problem for both where they fail alike, as most do who come for the first time; undefined where they do not. */
export function describeBothDevices(camera: Problem | undefined, microphone: Problem | undefined): Problem | undefined {
  const codes = `${camera?.code} ${microphone?.code}`;
  if (codes === 'camera.blocked microphone.blocked') {
    return {
      code: 'devices.blocked',
      title: 'Camera and microphone are blocked',
      detail:
        "This page may use neither. Allow them in the browser's address bar or in the system's privacy settings, then try again.",
      retry: true,
    };
  }
  if (codes !== 'camera.missing microphone.missing') return undefined;
  return {
    code: 'devices.missing',
    title: 'No camera and no microphone found',
    detail: 'Connect them and try again, or join without.',
    retry: true,
  };
}

/** What the browser offers, as far as joining depends on it. */
export interface BrowserFeatures {
  readonly secureContext: boolean;
  /** WebCodecs, for pictures and sound. */
  readonly encoders: boolean;
  readonly decoders: boolean;
  readonly audioWorklet: boolean;
  /** MediaRecorder in a form that the room takes. */
  readonly recorder: boolean;
  /** Media Source Extensions for H.264 and Opus in MP4. */
  readonly mediaSource: boolean;
}

/** Why this browser cannot join here, or undefined when it can. */
export function describeMissingFeatures(features: BrowserFeatures): Problem | undefined {
  if (!features.secureContext) {
    return {
      code: 'browser.insecure',
      title: 'This page needs a secure address',
      detail:
        'Browsers give camera and microphone only to https:// pages and to localhost. Open the room by its https:// address.',
      retry: false,
    };
  }
  const sends = (features.encoders && features.audioWorklet) || features.recorder;
  const plays = (features.decoders && features.audioWorklet) || features.mediaSource;
  if (sends && plays) return undefined;
  const lack = sends ? 'play the room live' : 'send a picture and a sound';
  return {
    code: 'browser.old',
    title: 'This browser is too old to join',
    detail: `It cannot ${lack}. Use a current Chrome, Edge, Firefox or Safari, or open the watch link instead.`,
    retry: false,
  };
}
