/** Names of downloads. */
import { create } from 'content-disposition';

/**
 * The header Content-Disposition of a file that is to be saved. Titles end up in such names, in any script; separators and
 * control characters must not end up in folders.
 */
export function attachmentNamed(name: string): string {
  const safe = flat(name);
  return create(safe, { fallback: plain(safe) });
}

/** The same of a file that is to be shown, and has this name when somebody saves it then. */
export function inlineNamed(name: string): string {
  const safe = flat(name);
  return create(safe, { type: 'inline', fallback: plain(safe) });
}

function flat(name: string): string {
  return (
    name
      .toWellFormed()
      .replace(/[/\\:\p{Cc}\p{Cf}]/gu, '_')
      .replace(/^\.+/, '_') || 'download'
  );
}

/** For programs that know ASCII only, as `curl -OJ`: Windows refuses a "?" in a name, and shells take it for any letter. True: as it is. */
function plain(name: string): string | true {
  const text = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^ -~]/gu, '_');
  return text === name || flat(text);
}
