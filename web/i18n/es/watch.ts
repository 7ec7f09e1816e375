/** The viewers’ page around the player, in Spanish. */
import type { englishWatch } from '../english-watch.ts';
import type { Message } from '../sentence.ts';

/** Part of the Spanish catalogue. */
export const watch = {
  'watch.title': 'Ver una transmisión',
  'watch.noRoom': 'Esta sala no existe',
  'watch.noRoomDetail': 'El enlace está incompleto: debe terminar con el ID de la sala. Pida el enlace completo.',
  'watch.room': 'Sala {room}',
  'watch.keys': 'Pulse {key} en el reproductor para ver los atajos de teclado.',
  'watch.link': 'Enlace a esta página',
} as const satisfies Record<keyof typeof englishWatch, Message>;
