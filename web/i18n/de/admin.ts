/** The sentences of the frame of the admin page, and those that several of its views say, in German. */
import type { englishAdmin } from '../english-admin.ts';
import type { Message } from '../sentence.ts';

/** Part of the German catalogue of the admin page. */
export const admin = {
  'admin.title': 'Verwaltung',
  'admin.recordings': 'Aufzeichnungen',
  'admin.rooms': 'Räume',
  'admin.people': 'Personen',
  'admin.events': 'Ereignisse',
  'admin.settings': 'Einstellungen',
  'admin.audit': 'Protokoll',
  'admin.signOut': 'Abmelden',
  // Without a token
  'admin.tokenHint':
    'Geben Sie den Admin-Token ein. Der Server hat ihn beim ersten Start zusammen mit einem Link zu dieser Seite ausgegeben.',
  'admin.noAdmin': '{name} hat hier keine Admin-Rechte',
  'admin.noAdminHint':
    'Bitten Sie einen Admin darum, oder melden Sie sich mit einem anderen Konto an. Mit dem Admin-Token kommen Sie auch so hinein.',
  'admin.tokenRefused': 'Dieser Token gilt nicht',
  'admin.asking': 'Prüft, wer angemeldet ist…',
  'admin.token': 'Admin-Token',
  'admin.continue': 'Weiter',
  // Several views
  'admin.refused': 'Das hat nicht geklappt',
  'admin.stale': 'Die Liste ist nicht aktuell',
  'admin.delete': 'Löschen',
  'admin.download': 'Herunterladen',
  'admin.again': 'Erneut versuchen',
  'admin.keep': 'Behalten',
} as const satisfies Record<keyof typeof englishAdmin, Message>;
