/** What the two switches for camera and microphone do, wherever they are. */
import type { LocalMedia } from './local-media.ts';

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
