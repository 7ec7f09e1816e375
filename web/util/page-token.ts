/** The token that a link to this page carries. */
import { namedToken } from './links.ts';
import { recall, remember } from './page-storage.ts';

/**
 * The token of this page: moved from the address bar, where it would be read over a shoulder or shared by mistake, into
 * the tab's own storage under `key`. An address that names an empty one has the one before forgotten.
 */
export function takeToken(key: string): string {
  const token = namedToken(location.hash);
  if (token === undefined) return recall('session', key);
  remember('session', key, token);
  history.replaceState(history.state, '', location.pathname + location.search);
  return token;
}
