/** The rooms that somebody with an account has made, in Spanish. */
import type { englishOwnRooms } from '../english-own-rooms.ts';
import type { Message } from '../sentence.ts';

/** Part of the Spanish catalogue. */
export const ownRooms = {
  'ownRooms.title': 'Sus salas',
  'ownRooms.loading': 'Cargando sus salas…',
  'ownRooms.none': 'Todavía no ha creado ninguna sala. La próxima que cree aparecerá aquí.',
  'ownRooms.live': 'En vivo',
  'ownRooms.people': {
    one: '{count} persona dentro',
    many: '{count} de personas dentro',
    other: '{count} personas dentro',
  },
  'ownRooms.made': 'Creada: {when}',
  'ownRooms.enter': 'Entrar',
  'ownRooms.enterName': 'Entrar en «{title}» como anfitrión',
  'ownRooms.more': 'Mostrar más',
  'ownRooms.failed': 'No se pudieron cargar sus salas',
  'ownRooms.again': 'Reintentar',
} as const satisfies Record<keyof typeof englishOwnRooms, Message>;
