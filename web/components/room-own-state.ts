/** What the others cannot see or hear of somebody, over the picture of their room. */
import { html, nothing, type TemplateResult } from 'lit';
import type { LocalMedia } from '../controllers/local-media.ts';
import type { RoomSession } from '../controllers/room-session.ts';
import type { Words } from '../i18n/words.ts';
import { icons } from './icons.ts';

/** @param talking the microphone is open for as long as a key is held */
export function ownState(
  { connection }: Pick<RoomSession, 'connection'>,
  { camera, microphone, microphoneOn }: LocalMedia,
  talking: boolean,
  words: Words,
): TemplateResult | typeof nothing {
  if (connection.kind !== 'joined') return nothing;
  const sound = talking
    ? html`<span class="talking">${icons.mic} ${words.say('room.talking')}</span>`
    : microphoneOn
      ? nothing
      : html`<span>${icons.micOff} ${words.say(microphone.track ? 'room.muted' : 'room.noMicrophone')}</span>`;
  const picture = camera.track ? nothing : html`<span>${icons.cameraOff} ${words.say('room.cameraOff')}</span>`;
  return html`<div class="own" role="status" part="own">${sound}${picture}</div>`;
}
