/** The sentences of the viewers’ page around the player, in French. */
import type { englishWatch } from '../english-watch.ts';
import type { Message } from '../sentence.ts';

/** Part of the French catalogue. */
export const watch = {
  'watch.title': 'Regarder une diffusion',
  'watch.noRoom': 'Cette salle n’existe pas',
  'watch.noRoomDetail': 'Le lien est incomplet : il doit se terminer par l’ID de la salle. Demandez le lien entier.',
  'watch.room': 'Salle {room}',
  'watch.keys': 'Dans le lecteur, {key} affiche les raccourcis.',
  'watch.link': 'Lien vers cette page',
} as const satisfies Record<keyof typeof englishWatch, Message>;
