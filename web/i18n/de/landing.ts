/** The sentences of the page where one starts a room or goes to one, in German. */
import type { englishLanding } from '../english-landing.ts';
import type { Message } from '../sentence.ts';

/** Part of the German catalogue. */
export const landing = {
  'landing.title': 'Alle in einem Bild, live und aufgezeichnet',
  'landing.lead':
    'Link öffnen, Kamera einschalten und dabei sein: ein gemeinsames Bild mit Zeitstempel, überall als Stream zu sehen, als ein einziges MP4 gespeichert.',
  // A new room
  'landing.start': 'Raum starten',
  'landing.roomTitle': 'Titel',
  'landing.roomTitleExample': 'Montagsrunde',
  'landing.private': 'Zuschauen nur mit Zuschauerlink',
  'landing.more': 'Weitere Optionen',
  'landing.recordsItself': 'Automatisch aufzeichnen, sobald jemand im Raum ist',
  'landing.layout': 'Layout zu Beginn',
  'landing.layoutGrid': 'Raster: alle in gleicher Größe',
  'landing.layoutSpeaker': 'Sprecher: wer spricht, ist groß',
  'landing.layoutSideBySide': 'Nebeneinander: zwei in gleicher Größe',
  'landing.layoutPresentation': 'Präsentation: ein geteilter Bildschirm ist groß',
  'landing.layoutPortrait': 'Hochformat: eine Spalte, für Smartphones',
  'landing.token': 'Admin-Token',
  'landing.tokenHint':
    'Auf diesem Server starten nur Admins Räume. Das Token wurde beim ersten Start des Servers ausgegeben.',
  'landing.tokenFirst': 'Dieser Server verlangt zuerst das Admin-Token: Geben Sie es oben ein.',
  'landing.signIn': 'Stattdessen mit einem Konto anmelden',
  'landing.failed': 'Der Raum wurde nicht erstellt',
  'landing.create': 'Raum erstellen',
  'landing.creating': 'Wird erstellt…',
  'landing.ready': '„{title}“ ist bereit',
  'landing.enter': 'Jetzt als Host beitreten',
  'landing.another': 'Weiteren erstellen',
  // A room that is there
  'landing.join': 'Einem Raum beitreten',
  'landing.address': 'Einladungslink oder Raum-ID',
  'landing.go': 'Weiter',
  'landing.noAddress':
    'Das ist weder ein Link zu einem Raum noch eine Raum-ID. Fügen Sie den ganzen Link ein, den Sie bekommen haben; eine ID besteht nur aus Buchstaben, Ziffern, - und _.',
} as const satisfies Record<keyof typeof englishLanding, Message>;
