/** The sentences of the rooms that somebody with an account has made, in French. */
import type { englishOwnRooms } from '../english-own-rooms.ts';
import type { Message } from '../sentence.ts';

/** Part of the French catalogue. */
export const ownRooms = {
  'ownRooms.title': 'Vos salles',
  'ownRooms.loading': 'Chargement de vos salles…',
  'ownRooms.none': 'Vous n’avez encore créé aucune salle. La prochaine s’affichera ici.',
  'ownRooms.live': 'En direct',
  'ownRooms.people': {
    one: '{count} personne dans la salle',
    many: '{count} de personnes dans la salle',
    other: '{count} personnes dans la salle',
  },
  'ownRooms.made': 'Création : {when}',
  'ownRooms.enter': 'Entrer',
  'ownRooms.enterName': 'Entrer dans « {title} » en tant qu’hôte',
  'ownRooms.more': 'Afficher plus',
  'ownRooms.failed': 'Vos salles n’ont pas pu être chargées',
  'ownRooms.again': 'Réessayer',
} as const satisfies Record<keyof typeof englishOwnRooms, Message>;
