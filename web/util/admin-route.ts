/** Which view of the admin page the address asks for: `#/recordings`, `#/recordings/ID`, `#/rooms`… */

/** The views that stand in the navigation. */
export const ADMIN_VIEWS = ['recordings', 'rooms', 'people', 'events', 'settings', 'audit'] as const;
/** One of them, or the trash, which the list of recordings leads to. */
export type AdminView = (typeof ADMIN_VIEWS)[number] | 'trash';

/** Where one is. */
export interface AdminRoute {
  readonly view: AdminView;
  /** The recording that is looked at; empty for the list. */
  readonly recording: string;
  /** Filters of a list. */
  readonly query: Readonly<Record<string, string>>;
}

const ID = /^[A-Za-z0-9_-]{1,64}$/;

/** Whatever is not understood leads to the list of recordings. */
export function parseAdminRoute(hash: string): AdminRoute {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  const [name, id = ''] = path.split('/');
  const view = name === 'trash' ? name : (ADMIN_VIEWS.find((known) => known === name) ?? 'recordings');
  const recording = view === 'recordings' && ID.test(id) ? id : '';
  return { view, recording, query: Object.fromEntries(new URLSearchParams(query)) };
}

/** The address of a view, for a link. Filters that are empty are left out. */
export function adminHref(view: AdminView, recording = '', query: Readonly<Record<string, string>> = {}): string {
  const filled = Object.entries(query).filter(([, value]) => value !== '');
  const search = filled.length === 0 ? '' : `?${new URLSearchParams(filled).toString()}`;
  return `#/${view}${recording === '' ? '' : `/${encodeURIComponent(recording)}`}${search}`;
}
