/** The sentences of the list of recordings on the admin page, in German. */
import type { englishAdminRecordings } from '../english-admin-recordings.ts';
import type { Message } from '../sentence.ts';

/** Part of the German catalogue of the admin page. */
export const adminRecordings = {
  'adminRecordings.loading': 'Aufzeichnungen werden geladen…',
  'adminRecordings.failedAgain': 'Sie wird alle paar Sekunden neu abgerufen.',
  'adminRecordings.ask': 'Jetzt abrufen',
  'adminRecordings.more': 'Mehr anzeigen',
  'adminRecordings.moreLoading': 'Wird geladen…',
  'adminRecordings.noMatch': 'Keine passende Aufzeichnung',
  'adminRecordings.noMatchHint': 'Suchen Sie nach weniger Wörtern, oder entfernen Sie einen Filter.',
  'adminRecordings.all': 'Alle Aufzeichnungen anzeigen',
  'adminRecordings.none': 'Noch nichts aufgezeichnet',
  'adminRecordings.noneHint':
    'Klicken Sie bei einem Raum, der live ist, auf „Aufzeichnen“: Dann steht die Aufzeichnung hier. Sobald sie beendet ist, wird daraus ein Video mit Kapiteln und den Spuren aller Beteiligten.',
  'adminRecordings.rooms': 'Räume anzeigen',
  // Filters
  'adminRecordings.search': 'Suche',
  'adminRecordings.searchHint': 'Titel, Raum oder Person',
  'adminRecordings.room': 'Raum',
  'adminRecordings.allRooms': 'Alle Räume',
  'adminRecordings.state': 'Status',
  'adminRecordings.allStates': 'Jeder Status',
  'adminRecordings.since': 'Von',
  'adminRecordings.until': 'Bis',
  'adminRecordings.clear': 'Zurücksetzen',
  // States
  'recordingState.recording': 'Läuft',
  'recordingState.paused': 'Pausiert',
  'recordingState.archiving': 'Wird archiviert',
  'recordingState.archivingPercent': 'Wird archiviert: {percent} %',
  'recordingState.ready': 'Fertig',
  'recordingState.failed': 'Fehlgeschlagen',
  'recordingState.recovered': 'Wiederhergestellt',
  'recordingState.uploading': 'Wird hochgeladen',
  // One recording
  'adminRecordings.archiving': '{title} wird archiviert',
  'adminRecordings.people': { one: '{names} und {count} weitere Person', other: '{names} und {count} weitere' },
  'adminRecordings.stop': 'Beenden',
  'adminRecordings.stopName': 'Aufzeichnung {title} beenden',
  'adminRecordings.downloadName': '{title} herunterladen',
  'adminRecordings.deleteName': 'Aufzeichnung {title} löschen',
  'adminRecordings.trouble': 'Zurzeit wird nicht alles aufgezeichnet',
  'adminRecordings.failed': 'Das Archiv wurde nicht fertig',
  'adminRecordings.noReason': 'Der Server hat keinen Grund genannt; mehr steht in seinem Log.',
  'adminRecordings.kept': 'Was aufgezeichnet wurde, bleibt erhalten.',
  'adminRecordings.deleteTitle': '„{title}“ löschen?',
  'adminRecordings.deleteAll':
    'Die Aufzeichnung vom {date} (Dauer {length}) wird endgültig gelöscht, mit allen Dateien, Fassungen und geteilten Links.',
  'adminRecordings.deleteAllSize':
    'Die Aufzeichnung vom {date} (Dauer {length}, {size}) wird endgültig gelöscht, mit allen Dateien, Fassungen und geteilten Links.',
  'adminRecordings.clipsStay': {
    one: '{count} Clip davon bleibt bei seinem Raum.',
    other: '{count} Clips davon bleiben bei ihrem Raum.',
  },
  'adminRecordings.deleteDo': 'Aufzeichnung löschen',
  'adminRecordings.deleted': '„{title}“ ist gelöscht.',
  // The trash
  'adminTrash.title': 'Gelöschte Aufzeichnungen',
  'adminTrash.loading': 'Gelöschte Aufzeichnungen werden geladen…',
  'adminTrash.none': 'Der Papierkorb ist leer',
  'adminTrash.noneHint': {
    one: 'Eine gelöschte Aufzeichnung lässt sich hier {count} Tag lang wiederherstellen.',
    other: 'Eine gelöschte Aufzeichnung lässt sich hier {count} Tage lang wiederherstellen.',
  },
  'adminTrash.off': 'Was gelöscht wird, ist sofort weg: Die Einstellungen sehen keinen Papierkorb vor.',
  'adminTrash.intro':
    'Sie lassen sich wiederherstellen, bis sie endgültig gelöscht werden. So lange belegen sie Speicherplatz; wird er knapp, verschwindet die zuerst gelöschte früher.',
  'adminTrash.until': 'Gelöscht am {deleted}, endgültig weg am {until}',
  'adminTrash.restore': 'Wiederherstellen',
  'adminTrash.restoreName': '„{title}“ wiederherstellen',
  'adminTrash.forGood': 'Endgültig löschen',
  'adminTrash.forGoodName': 'Endgültig löschen: „{title}“',
  'adminTrash.forGoodTitle': '„{title}“ endgültig löschen?',
  'adminTrash.restored': '„{title}“ ist wiederhergestellt.',
  'adminTrash.gone': '„{title}“ ist endgültig gelöscht.',
  'adminTrash.deleteText': {
    one: 'Die Aufzeichnung vom {date} (Dauer {length}) kommt zu den gelöschten Aufzeichnungen und lässt sich dort {count} Tag lang wiederherstellen. So lange sieht sie niemand, auch nicht über einen Link, und sie belegt Speicherplatz.',
    other:
      'Die Aufzeichnung vom {date} (Dauer {length}) kommt zu den gelöschten Aufzeichnungen und lässt sich dort {count} Tage lang wiederherstellen. So lange sieht sie niemand, auch nicht über einen Link, und sie belegt Speicherplatz.',
  },
} as const satisfies Record<keyof typeof englishAdminRecordings, Message>;
