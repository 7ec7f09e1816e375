/** The invite that a viewer's pass ends with, as it stands behind the pass. Pure. */

const FORM = /^\.([A-Za-z0-9_-]{1,64})$/;

/** Empty without an invite. Everybody who came by the same link has the same addresses, so that caches share. */
export function formatHolder(invite: string | undefined): string {
  return invite === undefined ? '' : `.${invite}`;
}

/** The other way round; false for what is none. */
export function parseHolder(text: string): { readonly invite?: string } | false {
  if (text === '') return {};
  const invite = FORM.exec(text)?.[1];
  return invite === undefined ? false : { invite };
}
