/** Every sentence of the participant's page, of the player and of shared recordings; what the admin page alone says is elsewhere. `{name}` is filled in; with forms, `{count}` chooses one of them. */
import { together } from './together.ts';
import { englishAccount } from './english-account.ts';
import { englishCallAdd } from './english-call-add.ts';
import { englishChat } from './english-chat.ts';
import { englishClips } from './english-clips.ts';
import { englishContacts } from './english-contacts.ts';
import { englishDoor } from './english-door.ts';
import { englishFiles } from './english-files.ts';
import { englishHost } from './english-host.ts';
import { englishInvites } from './english-invites.ts';
import { englishLanding } from './english-landing.ts';
import { englishModeration } from './english-moderation.ts';
import { englishOwnRecordings } from './english-own-recordings.ts';
import { englishOwnRooms } from './english-own-rooms.ts';
import { englishPage } from './english-page.ts';
import { englishPlayer } from './english-player.ts';
import { englishRecording } from './english-recording.ts';
import { englishRoom } from './english-room.ts';
import { englishShared } from './english-shared.ts';
import { englishSignIn } from './english-sign-in.ts';
import { englishSources } from './english-sources.ts';
import { englishWatch } from './english-watch.ts';
import type { Message } from './sentence.ts';

/** The one list of parts: a catalogue in another language has the same ones, by the same names. */
export const ENGLISH_PARTS = {
  account: englishAccount,
  callAdd: englishCallAdd,
  chat: englishChat,
  clips: englishClips,
  contacts: englishContacts,
  door: englishDoor,
  files: englishFiles,
  host: englishHost,
  invites: englishInvites,
  landing: englishLanding,
  moderation: englishModeration,
  ownRecordings: englishOwnRecordings,
  ownRooms: englishOwnRooms,
  page: englishPage,
  player: englishPlayer,
  recording: englishRecording,
  room: englishRoom,
  shared: englishShared,
  signIn: englishSignIn,
  sources: englishSources,
  watch: englishWatch,
} as const satisfies Readonly<Record<string, Readonly<Record<string, Message>>>>;

/** By key, which names the place and the meaning, never the wording. */
export const english = together(ENGLISH_PARTS);
