/** The sentences of the health and the settings of the server on the admin page, in German. */
import type { englishAdminServer } from '../english-admin-server.ts';
import type { Message } from '../sentence.ts';

/** Part of the German catalogue of the admin page. */
export const adminServer = {
  // Health
  'adminHealth.title': 'Zustand',
  'adminHealth.allWell': 'Alles in Ordnung',
  'adminHealth.bad': { one: '{count} Problem', other: '{count} Probleme' },
  'adminHealth.failed': 'Der Server gibt keine Auskunft über seinen Zustand',
  'adminHealth.well': '{check}: in Ordnung',
  'adminHealth.ill': '{check}: Problem',
  // By what the server calls its checks
  'healthCheck.ffmpeg': 'FFmpeg',
  'healthCheck.redis': 'Redis',
  'healthCheck.database': 'Datenbank',
  'healthCheck.disk': 'Datenträger',
  'healthCheck.archives': 'Archive',
  'healthCheck.renders': 'Weitere Fassungen',
  'healthDetail.answers': 'Antwortet',
  'healthDetail.archives_attended': 'Keines wartet auf einen Worker',
  'healthDetail.renders_attended': 'Keine wartet auf einen Worker',
  'healthDetail.worker_missing':
    'Kein Archiv-Worker ist verbunden. Starten Sie „gridcast worker“, oder setzen Sie archive.workers auf mindestens 1 und starten Sie den Server neu.',
  'healthDetail.worker_ended':
    'Der Archiv-Worker des Servers läuft nicht. Warum er endet, steht im Protokoll des Servers.',
  'healthDetail.redis_silent': 'Antwortet nicht. Aktive Räume laufen weiter; Archive warten, bis Redis wieder da ist.',
  'healthDetail.redis_refuses':
    'Antwortet, nimmt aber nichts an. Aktive Räume laufen weiter; Archive warten. Was Redis sagt, steht im Protokoll des Servers.',
  'healthDetail.database_silent':
    'Antwortet nicht. Aktive Räume laufen weiter; Listen und Einstellungen warten, bis die Datenbank wieder da ist.',
  'healthDetail.disk_free': '{free} frei',
  'healthDetail.disk_low': 'Nur noch {free} frei. Löschen Sie Aufzeichnungen, oder verschieben Sie den Datenordner.',
  'healthDetail.disk_unwritable': 'In den Datenordner kann nicht geschrieben werden: {reason}',
  // Beside recordings that wait for it
  'archiveWait.title': 'Archive warten',
  'archiveWait.kept':
    'Was aufgezeichnet wurde, bleibt erhalten; die Archivierung geht von selbst weiter, sobald das behoben ist.',
  'renderWait.title': 'Weitere Fassungen warten',
  'renderWait.kept': 'Was bestellt wurde, bleibt vorgemerkt; es wird von selbst erstellt, sobald das behoben ist.',
  // Settings
  'adminSettings.intro':
    'Womit dieser Server läuft. Einstellungen werden in der Konfigurationsdatei oder in der Umgebung geändert und gelten ab dem nächsten Start; {file} erklärt jede von ihnen.',
  'adminSettings.loading': 'Einstellungen werden geladen…',
  'adminSettings.failed': 'Die Einstellungen lassen sich nicht anzeigen',
  'adminSettings.search': 'Einstellungen durchsuchen',
  'adminSettings.changedOnly': 'Nur gesetzte',
  'adminSettings.noMatch': 'Keine passende Einstellung',
  'adminSettings.noMatchHint': 'Suchen Sie nach anderen Wörtern.',
  'adminSettings.noMatchSet': 'Suchen Sie nach anderen Wörtern, oder zeigen Sie auch die Standardwerte an.',
  'adminSettings.setting': 'Einstellung',
  'adminSettings.value': 'Wert',
  'adminSettings.from': 'Herkunft',
  'adminSettings.default': 'Standard',
  'adminSettings.file': 'Datei',
  'adminSettings.environment': 'Umgebung',
  'adminSettings.unset': 'Nicht gesetzt',
  'adminSettings.secret': 'Gesetzt, wird nicht angezeigt',
} as const satisfies Record<keyof typeof englishAdminServer, Message>;
