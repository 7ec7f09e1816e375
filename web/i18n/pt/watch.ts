/** The viewers’ page around the player; in Portuguese. */
import type { englishWatch } from '../english-watch.ts';
import type { Message } from '../sentence.ts';

/** Part of the Portuguese catalogue. */
export const watch = {
  'watch.title': 'Assistir a uma transmissão',
  'watch.noRoom': 'Esta sala não existe',
  'watch.noRoomDetail': 'O link está incompleto: ele deve terminar com o ID da sala. Peça o link completo.',
  'watch.room': 'Sala {room}',
  'watch.keys': 'Pressione {key} no player para ver os atalhos de teclado.',
  'watch.link': 'Link para esta página',
} as const satisfies Record<keyof typeof englishWatch, Message>;
