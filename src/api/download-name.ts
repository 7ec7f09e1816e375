/** Names of downloads. */
import { create } from 'content-disposition';

/**
 * The header Content-Disposition of a file that is to be saved. Titles end up in such names, in any script; separators and
 * control characters must not end up in folders.
 */
export function attachmentNamed(name: string): string {
  return create(flat(name));
}

/** The same of a file that is to be shown, and has this name when somebody saves it then. */
export function inlineNamed(name: string): string {
  return create(flat(name), { type: 'inline' });
}

function flat(name: string): string {
  return (
    name
      .toWellFormed()
      .replace(/[/\\:\p{Cc}\p{Cf}]/gu, '_')
      .replace(/^\.+/, '_') || 'download'
  );
}
