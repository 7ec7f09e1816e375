/** The sentences of one recording on the admin page: what it is, what happened to it, who spoke when, and how its archive is made, in German. */
import type { englishAdminRecording } from '../english-admin-recording.ts';
import type { Message } from '../sentence.ts';

/** Part of the German catalogue of the admin page. */
export const adminRecording = {
  'adminRecording.back': 'Alle Aufzeichnungen',
  'adminRecording.title': 'Aufzeichnung',
  'adminRecording.loading': 'Aufzeichnung wird geladen…',
  'adminRecording.failed': 'Die Aufzeichnung lässt sich nicht anzeigen',
  'adminRecording.missing': 'Diese Aufzeichnung gibt es nicht',
  'adminRecording.missingWhy': 'Sie wurde gelöscht, oder die Adresse ist unvollständig',
  'adminRecording.missingHint':
    'Die Liste zeigt alle Aufzeichnungen, die da sind. Was sich wiederherstellen lässt, steht bei den gelöschten Aufzeichnungen, alles andere im Protokoll.',
  'adminRecording.trashed': 'Diese Aufzeichnung liegt im Papierkorb',
  'adminRecording.stale': 'Diese Seite ist nicht aktuell',
  'adminRecording.noFilm': 'Es gibt noch kein Video. Sobald das Archiv fertig ist, läuft es hier.',
  'adminRecording.begins': 'Sie beginnt mit dem nächsten Bild.',
  'adminRecording.unplayable': 'Dieser Browser kann das Video nicht abspielen; laden Sie es herunter.',
  'adminRecording.early': 'Es gibt noch nichts abzuspielen.',
  // What it is
  'adminRecording.recorded': 'Aufgezeichnet',
  'adminRecording.length': 'Dauer',
  'adminRecording.film': 'Video',
  'adminRecording.room': 'Raum',
  'adminRecording.stored': 'Speicherort',
  'adminRecording.people': 'Personen',
  'stored.local': 'Auf diesem Server',
  'stored.s3': 'Im Objektspeicher',
  'stored.uploading': 'Auf dem Weg in den Objektspeicher',
  // What can be done
  'adminRecording.downloadFilm': 'Video herunterladen',
  'adminRecording.downloadAll': 'Alles herunterladen',
  'adminRecording.pause': 'Pausieren',
  'adminRecording.goOn': 'Fortsetzen',
  'adminRecording.marker': 'Name der Marke',
  'adminRecording.markerHint': 'Moment benennen',
  'adminRecording.markerSet': 'Marke setzen',
  // What happened to it
  'story.title': 'Was mit dieser Aufzeichnung geschah',
  'story.recovered':
    'Der Server wurde während der Aufzeichnung unterbrochen. Was schon geschrieben war, wurde wiedergefunden und zusammengesetzt.',
  'story.disk': 'Bei {time} fehlen {length}: Der Datenträger war voll.',
  'story.interruption': 'Bei {time} fehlen {length}: Das Bild war unterbrochen.',
  'story.session_ended': 'Sie endete automatisch, als die letzte Person den Raum verlassen hatte.',
  'story.duration_limit':
    'Sie wurde beendet, weil sie die längste Dauer erreicht hatte, die die Einstellungen erlauben.',
  'story.size_limit': 'Sie wurde beendet, weil sie die größte Größe erreicht hatte, die die Einstellungen erlauben.',
  'story.idle': 'Sie wurde beendet, weil im Raum so lange nichts geschehen war, wie die Einstellungen erlauben.',
  'story.disk_floor':
    'Sie wurde beendet, weil der Datenträger fast voll war. Löschen Sie Aufzeichnungen, oder verlegen Sie den Datenordner.',
  'story.crash': 'Sie endete, als der Server ausfiel und niemand rechtzeitig zurückkam; alles bis dahin ist erhalten.',
  'gap.pause': '{length} pausiert',
  'gap.disk': '{length} fehlen: Der Datenträger war voll',
  'gap.interruption': '{length} fehlen: Das Bild war unterbrochen',
  // Beside the film and below it
  'aside.label': 'Neben dem Video',
  'aside.chat': 'Chat',
  'aside.noChat': 'Niemand hat etwas geschrieben.',
  'aside.chatLater': 'Der Chat steht hier, sobald die Aufzeichnung archiviert ist.',
  'aside.goTo': 'Zu {time} springen',
  'timeline.title': 'Wer wann gesprochen hat',
  'timeline.label': 'Position in der Aufzeichnung',
  'timeline.sound': 'Ton',
  'timeline.position': '{position} von {length}',
  'timeline.heard': '{position} von {length}, zu hören: {names}',
  'timeline.spoke': '{name}: Redezeit {length}',
  // How its archive is made
  'steps.title': 'Wie das Archiv entsteht',
  'steps.log': 'Was die Jobs gemeldet haben',
  'steps.logName': 'Neueste Zeilen des Logs',
  'steps.waiting': 'Wartet auf einen Worker',
  'steps.percent': '{percent} %',
  'steps.done': 'Fertig',
  'steps.failed': 'Fehlgeschlagen',
  'steps.attempt': '{state}, Versuch {number}',
  'step.film': 'Video mit Kapiteln und dem Ton aller Beteiligten',
  'step.tracks': 'Die einzelnen Spuren',
  'step.texts': 'Zeitleiste, Untertitel, Chat und Anwesenheit',
  'step.pictures': 'Titelbild, Vorschaubilder und Wellenform',
  'step.vod': 'Playlist zum Streamen',
  'step.finish': 'Prüfsummen und Dateiliste',
  'step.upload': 'Hochladen in den Speicher',
} as const satisfies Record<keyof typeof englishAdminRecording, Message>;
