/** The sentences of the events and of the audit log on the admin page, in German. */
import type { englishAdminEvents } from '../english-admin-events.ts';
import type { Message } from '../sentence.ts';

/** Part of the German catalogue of the admin page. */
export const adminEvents = {
  // What happens
  'adminEvents.log': 'Was geschehen ist',
  'adminEvents.show': 'Anzeigen',
  'adminEvents.everything': 'Alles',
  'adminEvents.rooms': 'Räume und Sitzungen',
  'adminEvents.accounts': 'Konten und Einladungen',
  'adminEvents.webhooks': 'Webhooks',
  'adminEvents.loading': 'Ereignisse werden geladen…',
  'adminEvents.failed': 'Die Ereignisse lassen sich nicht anzeigen',
  'adminEvents.none': 'Noch nichts',
  'adminEvents.noneHint': 'Sobald in einem Raum oder mit einer Aufzeichnung etwas geschieht, steht es hier.',
  'adminEvents.when': 'Wann',
  'adminEvents.what': 'Was',
  'adminEvents.who': 'Wer',
  'adminEvents.number': 'Nummer',
  // Who did what
  'adminAudit.intro':
    'Wer Aufzeichnungen heruntergeladen, geteilt oder gelöscht und wer neue Fassungen erstellt hat. Von hier aus kann das niemand ändern.',
  'adminAudit.loading': 'Protokoll wird geladen…',
  'adminAudit.failed': 'Das Protokoll lässt sich nicht anzeigen',
  'adminAudit.more': 'Ältere Einträge anzeigen',
  'adminAudit.moreLoading': 'Wird geladen…',
  'adminAudit.none': 'Noch nichts',
  'adminAudit.noneHint':
    'Sobald eine Aufzeichnung heruntergeladen, geteilt oder gelöscht oder eine neue Fassung erstellt wird, steht es hier.',
  'adminAudit.when': 'Wann',
  'adminAudit.what': 'Was',
  'adminAudit.who': 'Wer',
  'adminAudit.recording': 'Aufzeichnung',
  // By what the server calls it
  'auditAction.download': 'Heruntergeladen',
  'auditAction.rename': 'Titel geändert',
  'auditAction.trash': 'In den Papierkorb gelegt',
  'auditAction.restore': 'Wiederhergestellt',
  'auditAction.delete': 'Gelöscht',
  'auditAction.share_made': 'Link zum Teilen erstellt',
  'auditAction.share_revoked': 'Link zum Teilen widerrufen',
  'auditAction.share_used': 'Link zum Teilen geöffnet',
  'auditAction.render': 'Neue Fassung erstellt',
  'auditAction.clip_saved': 'Clip gespeichert',
  'auditAction.retention_delete': 'Durch eine Aufbewahrungsregel gelöscht',
  'auditAction.settings': 'Einstellungen geändert',
  'auditDetail.room': 'Raum: {value}',
  'auditDetail.address': 'Von: {value}',
  'auditDetail.file': 'Datei: {value}',
  'auditDetail.title': 'Titel: {value}',
  'auditDetail.before': 'Vorher: {value}',
  'auditDetail.share': 'Link: {value}',
  'auditDetail.expires': 'Gültig bis {value}',
  'auditDetail.watchPage': 'Auch am Ende der Zuschauerseite',
  'auditDetail.render': 'Fassung: {value}',
  'auditDetail.clip': 'Clip: {value}',
  'auditDetail.format': 'Format: {value}',
  'auditDetail.reason': 'Regel: {value}',
  'auditDetail.bytes': 'Größe: {value}',
} as const satisfies Record<keyof typeof englishAdminEvents, Message>;
