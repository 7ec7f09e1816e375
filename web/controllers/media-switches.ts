/** What the two switches for camera and microphone do, wherever they are. */
import type { DeviceKind } from '../capture/device-words.ts';
import type { LocalMedia } from './local-media.ts';

type SwitchAct = 'device.cameraOff' | 'device.cameraOn' | 'device.muteMicrophone' | 'device.unmuteMicrophone';

/** Mutes or unmutes an open microphone, and opens one that is not. */
export function toggleMicrophone(media: LocalMedia): void {
  if (media.microphone.track) media.microphoneOn = !media.microphoneOn;
  else void media.open('microphone');
}

/** Opens the camera, or shuts it, lamp included. */
export function toggleCamera(media: LocalMedia): void {
  if (media.camera.track) media.shut('camera');
  else void media.open('camera');
}

/** Key of the words for what the switch of a device does next. */
export function switchAct(kind: DeviceKind, on: boolean): SwitchAct {
  if (kind === 'camera') return on ? 'device.cameraOff' : 'device.cameraOn';
  return on ? 'device.muteMicrophone' : 'device.unmuteMicrophone';
}
