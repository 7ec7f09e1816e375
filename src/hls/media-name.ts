/** Names of a session's media and playlists: pure. */
import type { AbrName } from './abr-renditions.ts';

/** What a name stands for; without a rendition the program as a whole. */
export type MediaName =
  | { readonly kind: 'playlist'; readonly rendition?: AbrName; readonly window: 'live' | 'dvr' }
  | { readonly kind: 'init' | 'segment'; readonly rendition?: AbrName; readonly number: number }
  | { readonly kind: 'part'; readonly rendition?: AbrName; readonly number: number; readonly index: number }
  | { readonly kind: 'iframes' }
  | { readonly kind: 'captions'; readonly window: 'live' | 'dvr' }
  | { readonly kind: 'cues'; readonly number: number };

const PLAYLIST = /^(live|dvr|video|low|audio)\.m3u8$/;
const INIT = /^(?:(video|low|audio)-)?init-(\d{1,9})\.mp4$/;
const SEGMENT = /^(?:(video|low|audio)-)?segment-(\d{1,9})\.m4s$/;
const PART = /^(?:(video|low|audio)-)?part-(\d{1,9})-(\d{1,4})\.m4s$/;
const CUES = /^captions-(\d{1,9})\.vtt$/;

/** Undefined for what is no name of ours. */
export function readMediaName(file: string): MediaName | undefined {
  const playlist = PLAYLIST.exec(file)?.[1];
  if (playlist === 'live' || playlist === 'dvr') return { kind: 'playlist', window: playlist };
  if (playlist !== undefined) return { kind: 'playlist', window: 'live', ...of(playlist) };
  if (file === 'iframes.m3u8') return { kind: 'iframes' };
  if (file === 'captions.m3u8') return { kind: 'captions', window: 'live' };
  if (file === 'captions-dvr.m3u8') return { kind: 'captions', window: 'dvr' };
  const init = INIT.exec(file);
  if (init) return { kind: 'init', number: Number(init[2]), ...of(init[1]) };
  const segment = SEGMENT.exec(file);
  if (segment) return { kind: 'segment', number: Number(segment[2]), ...of(segment[1]) };
  const part = PART.exec(file);
  if (part) return { kind: 'part', number: Number(part[2]), index: Number(part[3]), ...of(part[1]) };
  const cues = CUES.exec(file)?.[1];
  return cues === undefined ? undefined : { kind: 'cues', number: Number(cues) };
}

function of(name: string | undefined): { readonly rendition?: AbrName } {
  return name === undefined ? {} : { rendition: name as AbrName };
}
