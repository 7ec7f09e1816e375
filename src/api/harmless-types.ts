/** Content types that a browser may take at their word. */

// What is not on this list is sent as bytes without a meaning, so that no browser ever runs it.
const HARMLESS_TYPES: ReadonlySet<string> = new Set([
  'application/json',
  'application/zip',
  'audio/mp4',
  'audio/ogg',
  'audio/wav',
  'audio/mpeg',
  'image/jpeg',
  'image/png',
  'image/webp',
  'text/csv',
  'text/plain',
  'text/vtt',
  'video/mp4',
  'video/webm',
  'video/x-matroska',
]);

/** `contentType` if it can do no harm, else that of bytes without a meaning. */
export function harmlessType(contentType: string): string {
  const [type = ''] = contentType.split(';');
  return HARMLESS_TYPES.has(type.trim().toLowerCase()) ? contentType : 'application/octet-stream';
}
