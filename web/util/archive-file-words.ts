/** What the files of a recording are called, in the language of the page. */
import type { AdminKey } from '../i18n/message.ts';
import type { Words } from '../i18n/words.ts';
import type { RecordingFile } from '../recording-types.ts';
import { ownValue } from './own-value.ts';

type Keys = Readonly<Record<string, AdminKey>>;

const KINDS = {
  film: 'fileKind.film',
  track: 'fileKind.track',
  shared: 'fileKind.shared',
  timeline: 'fileKind.timeline',
  captions: 'fileKind.captions',
  table: 'fileKind.table',
  poster: 'fileKind.poster',
  sprite: 'fileKind.sprite',
  waveform: 'fileKind.waveform',
  vod: 'fileKind.vod',
} as const satisfies Keys;
/** What every archive has. The server gives them titles in English. */
const TITLES = {
  'timeline.json': 'fileTitle.timeline',
  'speakers.vtt': 'fileTitle.speakers',
  'chat.vtt': 'fileTitle.chat',
  'attendance.csv': 'fileTitle.attendance',
  'poster.jpg': 'fileTitle.poster',
  'sprite.vtt': 'fileTitle.sprite_places',
  'waveform.json': 'fileTitle.waveform',
  'vod.m3u8': 'fileTitle.playlist',
} as const satisfies Keys;
/** Titles that people have given, to a recording, to themselves or to what they shared. */
const OWN: readonly string[] = ['film', 'track', 'shared'];

/** A kind that has no words is told as the server does. */
export function fileKindWords(words: Words<AdminKey>, kind: string): string {
  const key = ownValue(KINDS, kind);
  return key === undefined ? kind : words.say(key);
}

/** A file without any title is called by its name. */
export function fileTitleWords(words: Words<AdminKey>, { name, kind, title = '' }: RecordingFile): string {
  if (title === '') return name;
  if (OWN.includes(kind)) return title;
  const key = kind === 'sprite' && name.endsWith('.jpg') ? 'fileTitle.sprites' : ownValue(TITLES, name);
  return key === undefined ? title : words.say(key);
}
