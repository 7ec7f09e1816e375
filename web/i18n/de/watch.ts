/** The sentences of the viewers’ page around the player, in German. */
import type { englishWatch } from '../english-watch.ts';
import type { Message } from '../sentence.ts';

/** Part of the German catalogue. */
export const watch = {
  'watch.title': 'Übertragung ansehen',
  'watch.noRoom': 'Diesen Raum gibt es nicht',
  'watch.noRoomDetail':
    'Der Link ist unvollständig: An seinem Ende muss die ID des Raums stehen. Lassen Sie sich den ganzen Link schicken.',
  'watch.room': 'Raum {room}',
  'watch.keys': 'Im Player zeigt {key} die Tastenkürzel.',
  'watch.link': 'Link zu dieser Seite',
} as const satisfies Record<keyof typeof englishWatch, Message>;
