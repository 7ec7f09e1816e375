/** What is said of files, and how they can be looked at: pure. */

/** How a file can be looked at without leaving the page. */
export type PreviewKind = 'image' | 'sound' | 'video' | 'pdf';

const IMAGES = ['image/avif', 'image/gif', 'image/jpeg', 'image/png', 'image/webp'];
const SOUNDS = ['audio/aac', 'audio/flac', 'audio/mp4', 'audio/mpeg', 'audio/ogg', 'audio/wav', 'audio/webm'];
const VIDEOS = ['video/mp4', 'video/ogg', 'video/webm'];

/** By the type that its sender gave: what is not on these lists is downloaded only. */
export function previewKind(type: string): PreviewKind | undefined {
  const [plain = ''] = type.toLowerCase().split(';');
  if (IMAGES.includes(plain)) return 'image';
  if (SOUNDS.includes(plain)) return 'sound';
  if (VIDEOS.includes(plain)) return 'video';
  return plain === 'application/pdf' ? 'pdf' : undefined;
}

/** Up to four letters of a file's name that say what it is, for its sign. */
export function extensionOf(name: string): string {
  const found = /\.([\p{L}\p{N}]{1,4})$/u.exec(name)?.[1] ?? '';
  return found.toLocaleUpperCase();
}

/** Name for what a browser pastes without one, by the moment it was. */
export function pastedName(type: string, at: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  const time = `${two(at.getHours())}.${two(at.getMinutes())}.${two(at.getSeconds())}`;
  return `pasted ${day} ${time}.${type.split('/')[1]?.split('+')[0] ?? 'bin'}`;
}
