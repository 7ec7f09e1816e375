/** The sentences of the clips that hosts save, in French. */
import type { englishClips } from '../english-clips.ts';
import type { Message } from '../sentence.ts';

/** Part of the French catalogue. */
export const clips = {
  'clips.menu': 'Extraits…',
  'clips.title': 'Extraits',
  'clips.hint':
    'Un extrait est un film de ce que la salle vient de montrer. Il ne contient que ce qui a été enregistré, car tout le monde n’a été prévenu que de cela ; et chacun ici lit que vous en avez sauvegardé un.',
  'clips.off':
    'Rien n’est enregistré pour le moment. Démarrez un enregistrement pour sauvegarder un extrait de la suite.',
  'clips.length': 'Durée',
  'clips.lastSeconds': {
    one: 'Dernière seconde',
    many: 'Dernières {count} de secondes',
    other: '{count} dernières secondes',
  },
  'clips.lastMinutes': {
    one: 'Dernière minute',
    many: 'Dernières {count} de minutes',
    other: '{count} dernières minutes',
  },
  'clips.name': 'Titre',
  'clips.nameHint': 'Vide : le titre de la salle.',
  'clips.save': 'Sauvegarder l’extrait',
  'clips.saving': 'Sauvegarde de l’extrait…',
  'clips.ready': 'L’extrait est prêt',
  'clips.download': 'Télécharger',
  'clips.downloadName': 'Télécharger « {title} », {when}',
  'clips.copy': 'Copier le lien',
  'clips.copyName': 'Copier le lien : « {title} », {when}',
  'clips.copied': 'Lien copié. Qui l’a peut télécharger l’extrait jusqu’à : {when}.',
  'clips.linkHint': 'Qui l’a peut télécharger l’extrait jusqu’à : {when}.',
  'clips.list': 'Extraits de cette salle',
  'clips.loading': 'Chargement des extraits…',
  'clips.none': 'Pas encore d’extraits',
  'clips.noneHint':
    'Ce que les hôtes de cette salle sauvegardent est affiché ici jusqu’à ce que l’un d’eux le supprime.',
  'clips.remove': 'Supprimer',
  'clips.removeName': 'Supprimer « {title} », {when}',
  'clips.removeTitle': 'Supprimer l’extrait « {title} » ?',
  'clips.removeText': 'Il disparaît pour de bon, et les liens vers lui ne fonctionnent plus.',
  'clips.removed': 'L’extrait « {title} » est supprimé.',
  'clips.failed': 'L’extrait n’a pas été sauvegardé',
  'clips.toldSeconds': {
    one: '{name} a sauvegardé un extrait de la dernière seconde.',
    many: '{name} a sauvegardé un extrait des {count} de dernières secondes.',
    other: '{name} a sauvegardé un extrait des {count} dernières secondes.',
  },
  'clips.toldMinutes': {
    one: '{name} a sauvegardé un extrait de la dernière minute.',
    many: '{name} a sauvegardé un extrait des {count} de dernières minutes.',
    other: '{name} a sauvegardé un extrait des {count} dernières minutes.',
  },
  'clips.told': '{name} a sauvegardé un extrait de cette séance.',
} as const satisfies Record<keyof typeof englishClips, Message>;
