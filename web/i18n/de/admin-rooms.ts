/** The sentences of the rooms on the admin page, in German. */
import type { englishAdminRooms } from '../english-admin-rooms.ts';
import type { Message } from '../sentence.ts';

/** Part of the German catalogue of the admin page. */
export const adminRooms = {
  'adminRooms.newTitle': 'Titel eines neuen Raums',
  'adminRooms.create': 'Erstellen',
  'adminRooms.search': 'Räume suchen',
  'adminRooms.searchHint': 'Titel und IDs durchsuchen',
  'adminRooms.loading': 'Räume werden geladen…',
  'adminRooms.noMatch': 'Kein Raum mit diesem Namen',
  'adminRooms.noMatchHint': 'Suchen Sie nach anderen Wörtern aus dem Titel oder der ID.',
  'adminRooms.none': 'Noch keine Räume',
  'adminRooms.noneHint':
    'Erstellen Sie oben einen Raum, und schicken Sie den Einladungslink allen, die im Bild sein sollen.',
  'adminRooms.more': 'Mehr Räume anzeigen',
  'adminRooms.deleteTitle': '„{title}“ löschen?',
  'adminRooms.deleteLive':
    'Die Verbindung aller Personen im Raum wird getrennt, und die Links gelten nicht mehr. Die Aufzeichnungen bleiben, die Clips werden mit gelöscht.',
  'adminRooms.deleteIdle':
    'Die Links des Raums gelten dann nicht mehr. Die Aufzeichnungen bleiben, die Clips werden mit gelöscht.',
  'adminRooms.deleteDo': 'Raum löschen',
  // One room
  'adminRooms.deleteName': 'Raum {title} löschen',
  'adminRooms.picture': 'Was „{title}“ zeigt',
  'adminRooms.live': 'Live',
  'adminRooms.idle': 'Inaktiv',
  'adminRooms.rec': 'REC {length}',
  'adminRooms.recPaused': 'REC pausiert {length}',
  'adminRooms.trouble': 'Die Aufzeichnung ist gestört',
  'adminRooms.join': 'Beitreten',
  'adminRooms.links': 'Links',
  'adminRooms.id': 'ID {id}',
  'adminRooms.people': { one: '{count} Person', other: '{count} Personen' },
  'adminRooms.watching': { one: '{count} Zuschauer', other: '{count} Zuschauer' },
  'adminRooms.tiles': { one: '{count} Kachel', other: '{count} Kacheln' },
  'adminRooms.pictures': {
    one: '{count} Bild, {late} verspätet, {skipped} ausgelassen',
    other: '{count} Bilder, {late} verspätet, {skipped} ausgelassen',
  },
  'adminRooms.record': 'Aufzeichnen',
  'adminRooms.recordHint': 'Aufzeichnen, was zu sehen und zu hören ist',
  'adminRooms.recordLater': 'Im Raum ist niemand; die Aufzeichnung kann beginnen, sobald jemand da ist',
  'adminRooms.pauseName': 'Aufzeichnung pausieren',
  'adminRooms.goOnName': 'Aufzeichnung fortsetzen',
  'adminRooms.stopName': 'Aufzeichnung beenden',
  'adminRooms.marker': 'Name einer Marke in {title}',
  // How its program goes
  'roomHealth.reduced': 'Reduziert, Stufe {step} von {steps}',
  'roomHealth.reducedDetail':
    'Der Rechner ist für alles zusammen zu langsam. Sobald er wieder Luft hat, wird die Reduzierung automatisch zurückgenommen.',
  'roomHealth.late': 'Verspätete Bilder',
  'roomHealth.lateDetail': '{percent} % der Bilder kamen zu spät oder wurden ausgelassen.',
  'roomHealth.well': 'Alles in Ordnung',
  'roomHealth.wellDetail': 'Jedes Bild ist pünktlich.',
  'roomHealth.restarted': {
    one: 'Das Bild wurde einmal neu gestartet.',
    other: 'Das Bild wurde {count}-mal neu gestartet.',
  },
} as const satisfies Record<keyof typeof englishAdminRooms, Message>;
