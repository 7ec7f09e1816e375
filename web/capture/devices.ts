/** Cameras and microphones of this computer. */
import { mediaSourceClass } from '../playback/mse/media-source.ts';
import { hasHeadphones, soundConstraints } from '../util/headphones.ts';
import type { Problem } from '../util/problem.ts';
import { type BrowserFeatures, type DeviceKind, describeDeviceError } from './device-words.ts';
import { recorderType } from './recorder/recorder-type.ts';

/** A device that can be chosen. */
export interface DeviceChoice {
  readonly id: string;
  readonly label: string;
}

/** A running track, or why there is none. */
export type Opened = { readonly track: MediaStreamTrack } | { readonly problem: Problem };

/** What this browser can do. */
export function browserFeatures(): BrowserFeatures {
  return {
    secureContext: window.isSecureContext,
    encoders: 'VideoEncoder' in window && 'AudioEncoder' in window,
    decoders: 'VideoDecoder' in window && 'AudioDecoder' in window,
    audioWorklet: 'AudioWorkletNode' in window,
    recorder: canRecord(),
    mediaSource: mediaSourceClass() !== undefined,
  };
}

function canRecord(): boolean {
  if (!('MediaRecorder' in window)) return false;
  const isSupported = (type: string): boolean => MediaRecorder.isTypeSupported(type);
  return recorderType('video', isSupported) !== undefined && recorderType('audio', isSupported) !== undefined;
}

/** Opens the device `id`, or the browser's choice when it is empty or gone. Never rejects. */
export async function openDevice(kind: DeviceKind, id: string): Promise<Opened> {
  const chosen = id === '' ? {} : { deviceId: { ideal: id } };
  const constraints: MediaStreamConstraints =
    kind === 'camera'
      ? { video: { ...chosen, width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30, max: 30 } } }
      : { audio: { ...chosen, ...soundConstraints(hasHeadphones()) } };
  if (!('mediaDevices' in navigator)) return { problem: describeDeviceError(kind, 'SecurityError') };
  try {
    const stream = await navigator.mediaDevices.getUserMedia(constraints);
    const track = stream.getTracks()[0];
    return track ? { track } : { problem: describeDeviceError(kind, 'NotFoundError') };
  } catch (error) {
    return { problem: describeDeviceError(kind, error instanceof DOMException ? error.name : '') };
  }
}

/** The devices to choose from; labels are empty until permission was given, so those are left out. */
export async function listDevices(kind: DeviceKind): Promise<DeviceChoice[]> {
  if (!('mediaDevices' in navigator)) return [];
  const wanted = kind === 'camera' ? 'videoinput' : 'audioinput';
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices
    .filter((device) => device.kind === wanted && device.label !== '')
    .map((device) => ({ id: device.deviceId, label: device.label }));
}
