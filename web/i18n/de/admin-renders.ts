/** The sentences of renderings: a recording once more, otherwise than it was, in German. */
import type { englishAdminRenders } from '../english-admin-renders.ts';
import type { Message } from '../sentence.ts';

/** Part of the German catalogue of the admin page. */
export const adminRenders = {
  'renders.title': 'Weitere Fassungen',
  'renders.hint': 'Aus den einzelnen Spuren: mit anderem Layout, ein Ausschnitt, ohne jemanden oder nur der Ton.',
  'renders.unlisted': 'Die Fassungen lassen sich nicht auflisten',
  'renders.waiting': 'Wartet',
  'renders.ready': 'Fertig',
  'renders.failed': 'Fehlgeschlagen',
  'renders.noReason': 'Der Server hat keinen Grund genannt.',
  'renders.underWay': '{what} wird erstellt',
  'renders.downloadName': '{what} herunterladen',
  'renders.deleteName': '{what} löschen',
  // What it is of
  'renders.recorded': 'Wie aufgezeichnet',
  'renders.other': 'Fassung',
  'renders.range': '{from} bis {to}',
  'renders.without': { one: 'Ohne eine Person', other: 'Ohne {count} Personen' },
  // To order one
  'renders.new': 'Neue Fassung',
  'renders.format': 'Format',
  'renders.mp4': 'MP4, Video',
  'renders.webm': 'WebM, Video',
  'renders.mp3': 'MP3, nur Ton',
  'renders.wav': 'WAV, nur Ton',
  'renders.from': 'Von',
  'renders.to': 'Bis',
  'renders.here': 'Hier',
  'renders.hereHint': 'Die Stelle übernehmen, an der das Video steht',
  'renders.hereFrom': 'Hier: beginnen, wo das Video steht',
  'renders.hereTo': 'Hier: enden, wo das Video steht',
  'renders.asRecorded': 'Angeordnet wie bei der Aufzeichnung',
  'renders.leaveOut': 'Weglassen',
  'renders.render': 'Erstellen',
  'renders.badTime': 'Schreiben Sie Zeiten als Minuten und Sekunden, zum Beispiel {example}.',
  'renders.badOrder': 'Das Ende muss nach dem Anfang liegen.',
  'renders.badLength': 'Die Aufzeichnung dauert {length}.',
} as const satisfies Record<keyof typeof englishAdminRenders, Message>;
