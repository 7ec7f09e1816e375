/** Addresses as they are told in logs, settings and refusals: what opens something may stand in them. */

/** An address without user, password, query and fragment. */
export function toldAddress({ protocol, host, pathname }: URL): string {
  return `${protocol}//${host}${pathname === '/' ? '' : pathname}`;
}
