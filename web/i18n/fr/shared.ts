/** The sentences of recordings that viewers see, in French. */
import type { englishShared } from '../english-shared.ts';
import type { Message } from '../sentence.ts';

/** Part of the French catalogue. */
export const shared = {
  'film.loading': 'Chargement de la vidéo…',
  'film.noChapters': 'Il n’y a pas de chapitres.',
  'film.chaptersLater': 'Les chapitres s’afficheront ici une fois l’enregistrement archivé.',
  'shared.recorded': 'Enregistré le {date}',
  'shared.length': 'Durée {length}',
  'shared.download': 'Télécharger',
  'shared.moment': 'Copier le lien vers ce moment',
  'shared.momentLink': 'Lien vers ce moment',
  'shared.until': 'Ce lien est valable jusqu’au {date}.',
  'shared.opening': 'Ouverture de l’enregistrement…',
  'shared.gone': 'Ce lien n’est plus valable',
  'shared.goneDetail': 'Il a expiré ou a été révoqué. Demandez-en un nouveau à la personne qui l’a envoyé.',
  'shared.unknown': 'Ce lien ne mène nulle part',
  'shared.unknownDetail': 'Il est incomplet ou a été révoqué. Copiez-le en entier, ou demandez-en un nouveau.',
  'shared.away': 'L’enregistrement n’a pas pu être chargé',
  'shared.retry': 'Réessayer',
  'shared.broken': 'La vidéo ne peut pas être lue ici ; téléchargez-la plutôt.',
} as const satisfies Record<keyof typeof englishShared, Message>;
