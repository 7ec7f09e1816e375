/** The sentences of the rooms that somebody with an account has made, in German. */
import type { englishOwnRooms } from '../english-own-rooms.ts';
import type { Message } from '../sentence.ts';

/** Part of the German catalogue. */
export const ownRooms = {
  'ownRooms.title': 'Ihre Räume',
  'ownRooms.loading': 'Ihre Räume werden geladen…',
  'ownRooms.none': 'Sie haben noch keinen Raum erstellt. Der nächste, den Sie starten, steht dann hier.',
  'ownRooms.live': 'Live',
  'ownRooms.people': { one: '{count} Person im Raum', other: '{count} Personen im Raum' },
  'ownRooms.made': 'Erstellt: {when}',
  'ownRooms.enter': 'Betreten',
  'ownRooms.enterName': '„{title}“ als Host betreten',
  'ownRooms.more': 'Mehr anzeigen',
  'ownRooms.failed': 'Ihre Räume lassen sich nicht laden',
  'ownRooms.again': 'Erneut versuchen',
} as const satisfies Record<keyof typeof englishOwnRooms, Message>;
