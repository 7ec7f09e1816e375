/** The sentences of adding somebody to a call, and of one that was over too early, in German. */
import type { englishCallAdd } from '../english-call-add.ts';
import type { Message } from '../sentence.ts';

/** Part of the German catalogue. */
export const callAdd = {
  'callAdd.button': 'Person hinzufügen',
  'callAdd.short': 'Hinzufügen',
  'callAdd.title': 'Person zu diesem Anruf hinzufügen',
  'callAdd.close': 'Schließen',
  'callAdd.here': 'In diesem Anruf',
  'callAdd.link': 'Jemand anderes',
  'callAdd.linkHint': 'Schicken Sie einen Link: Ein Konto ist nicht nötig.',
  'callAdd.linkButton': 'Per Link einladen',
  'callAdd.ringing': 'Es klingelt. Wer annimmt, kommt sofort in diesen Raum.',
  'callAdd.dismiss': 'Ausblenden',
  'callAdd.loading': 'Kontakte werden geöffnet…',
  'callAdd.signedOut': 'Sie haben sich abgemeldet',
  'callAdd.signedOutHint': 'Melden Sie sich wieder an, um jemanden anzurufen. Sie bleiben solange im Anruf.',
  'callAdd.lostHint': 'Die Verbindung wird wiederhergestellt. Der Anruf selbst geht weiter.',
  'contacts.gone': 'Der Anruf war vorbei, bevor Sie im Raum waren. Rufen Sie bei Bedarf noch einmal an.',
} as const satisfies Record<keyof typeof englishCallAdd, Message>;
