/** Names of downloads. */
import { create } from 'content-disposition';

/**
 * The header Content-Disposition of a file that is to be saved. Titles end up in such names, in any script; separators and
 * control characters must not end up in folders.
 */
export function attachmentNamed(name: string): string {
  const flat = name.replace(/[/\\:\p{Cc}\p{Cf}]/gu, '_').replace(/^\.+/, '_');
  return create(flat === '' ? 'download' : flat);
}
