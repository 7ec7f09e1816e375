/** What is told over the picture of a room: what is wrong, what hosts should know, what to press. */
import { html, nothing, type TemplateResult } from 'lit';
import { handsOn } from '../controllers/focus-heir.ts';
import type { HostDesk } from '../controllers/host-desk.ts';
import type { LocalMedia } from '../controllers/local-media.ts';
import type { RoomSession } from '../controllers/room-session.ts';
import type { SoundUnlock } from '../controllers/sound-unlock.ts';
import type { Words } from '../i18n/words.ts';
import { icons } from './icons.ts';
import './notice.ts';
import './room-door.ts';

/** What hosts read above the picture: who waits before the room, what they should know, and where their recording is. */
export function stageBanners(
  session: RoomSession,
  desk: HostDesk,
  revision: number,
  words: Words,
  server: string,
): TemplateResult {
  return html`<div class="banners">
    <gridcast-room-door
      .door=${session.facts.door}
      .desk=${desk.door}
      .revision=${revision}
    ></gridcast-room-door>
    ${hostNotice(session, words)} ${recordingNotice(desk, words, server)}
  </div>`;
}

/** What hosts should know of the room; nothing is broken, so it is no alarm. */
function hostNotice(session: RoomSession, words: Words): TemplateResult | typeof nothing {
  const { notice } = session.facts;
  if (!notice) return nothing;
  const said = words.problem({ code: `notice.${notice.code}`, title: '', detail: notice.message, retry: false });
  return html`<div class="banner" role="status" ${handsOn()}>
    ${icons.info}<span>${notice.participant ? `${notice.participant.name}: ` : ''}${said.detail}</span>
    <button class="button small" type="button" @click=${() => session.dismissNotice()}>
      ${words.say('room.understood')}
    </button>
  </div>`;
}

/**
 * Whoever stops a recording is told where it is: among their own, among those of the room's owner, or with the admins alone. Only whom
 * it lets in is led to a page.
 */
function recordingNotice({ recording }: HostDesk, words: Words, server: string): TemplateResult | typeof nothing {
  if (recording.kept === undefined) return nothing;
  const { id, own, owned, admin } = recording.kept;
  const kept = own ? 'room.recordingKeptOwn' : owned ? 'room.recordingKeptOwned' : 'room.recordingKept';
  const path = own ? '/#recordings' : admin && `/admin#/recordings/${id}`;
  return html`<div class="banner" role="status" ${handsOn()}>
    ${icons.info}<span>
      ${words.say(kept)}
      ${
        path === undefined
          ? nothing
          : html`<a href=${new URL(path, server).href} target="_blank" rel="noopener"
              >${words.say(own ? 'room.recordingOwn' : 'room.recordingPage')}</a
            >`
      }
    </span>
    <button class="button small" type="button" @click=${() => recording.read()}>${words.say('room.understood')}</button>
  </div>`;
}

/** The newest that went wrong, until it is dismissed. */
export function stageProblem(session: RoomSession, media: LocalMedia, words: Words): TemplateResult | typeof nothing {
  const found = session.problem ?? media.camera.problem ?? media.microphone.problem ?? media.notice;
  if (!found) return nothing;
  const problem = words.problem(found);
  const dismiss = (): void => {
    session.dismissProblem();
    media.dismissProblems();
  };
  return html`<gridcast-notice class="problem" part="notice" tone="warning" heading=${problem.title}>
    ${problem.detail}
    <button slot="actions" class="button small" type="button" @click=${dismiss}>${words.say('room.dismiss')}</button>
  </gridcast-notice>`;
}

/** Any click and any key starts the sound; one clear button says so. */
export function soundButton(
  { connection }: RoomSession,
  unlock: SoundUnlock | undefined,
  words: Words,
): TemplateResult | typeof nothing {
  if (connection.kind !== 'joined' || !unlock?.blocked) return nothing;
  return html`<button class="button primary sound" type="button" @click=${unlock.unlock} ${handsOn()}>
    ${icons.volumeOff}
    <span>
      ${words.say('room.soundOn')}
      <p>${words.say('room.soundBlocked')}</p>
    </span>
  </button>`;
}

/** For whoever is the only one here: `invite` asks others in. */
export function aloneNote(
  { facts, self, connection, picture }: RoomSession,
  invite: () => void,
  words: Words,
): TemplateResult | typeof nothing {
  if (connection.kind !== 'joined' || !picture || !self || facts.roster.length !== 1) return nothing;
  return html`<div class="alone" part="alone" ${handsOn()}>
    <div>
      <p class="heading">${words.say(facts.hadCompany ? 'room.aloneAgain' : 'room.alone')}</p>
      <p class="muted">${words.say('room.aloneHint')}</p>
    </div>
    <button class="button primary" type="button" @click=${invite}>${icons.link} ${words.say('room.invite')}</button>
  </div>`;
}
