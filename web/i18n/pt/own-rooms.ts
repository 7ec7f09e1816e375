/** The rooms that somebody with an account has made; in Portuguese. */
import type { englishOwnRooms } from '../english-own-rooms.ts';
import type { Message } from '../sentence.ts';

/** Part of the Portuguese catalogue. */
export const ownRooms = {
  'ownRooms.title': 'Suas salas',
  'ownRooms.loading': 'Carregando suas salas…',
  'ownRooms.none': 'Você ainda não criou nenhuma sala. A próxima que criar aparece aqui.',
  'ownRooms.live': 'Ao vivo',
  'ownRooms.people': {
    one: '{count} pessoa na sala',
    many: '{count} de pessoas na sala',
    other: '{count} pessoas na sala',
  },
  'ownRooms.made': 'Criada: {when}',
  'ownRooms.enter': 'Entrar',
  'ownRooms.enterName': 'Entrar em “{title}” como anfitrião',
  'ownRooms.more': 'Mostrar mais',
  'ownRooms.failed': 'Não foi possível carregar suas salas',
  'ownRooms.again': 'Tentar novamente',
} as const satisfies Record<keyof typeof englishOwnRooms, Message>;
