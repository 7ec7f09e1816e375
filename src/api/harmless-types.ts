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

/** What a browser shows in a frame or an element and never runs, as our pages preview it. */
const SHOWN_TYPES: ReadonlySet<string> = new Set([
  ...['audio/mp4', 'audio/mpeg', 'audio/ogg', 'audio/wav', 'audio/webm', 'audio/flac', 'audio/aac'],
  ...['image/avif', 'image/gif', 'image/jpeg', 'image/png', 'image/webp'],
  ...['text/plain', 'video/mp4', 'video/webm', 'video/ogg'],
]);

/**
 * The Content-Security-Policy under which a file of this type may be shown in place, without anything that runs; undefined: it
 * may not be. Browsers' own viewers of PDF do not work in a sandbox, and run nothing of the site.
 */
export function inlinePolicy(type: string): string | undefined {
  if (type === 'application/pdf') {
    return "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'";
  }
  return SHOWN_TYPES.has(type)
    ? "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"
    : undefined;
}
