/** A browser before whose camera a painted person sits. */
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../../tests/helpers/browser.ts';
import { writeCamera, writeVoice } from './painted-people.ts';

/** @param work a folder for what the camera sees and the microphone hears; the browser reads it while it runs */
export async function launchPaintedBrowser(ffmpeg: string, work: string): Promise<Browser> {
  const [camera, voice] = [join(work, 'camera.mjpeg'), join(work, 'voice.wav')];
  await writeCamera(ffmpeg, camera);
  await writeVoice(ffmpeg, voice);
  return launchChromium([`--use-file-for-fake-video-capture=${camera}`, `--use-file-for-fake-audio-capture=${voice}`]);
}
