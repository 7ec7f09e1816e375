/** The sentences of renderings: a recording once more, otherwise than it was, in French. */
import type { englishAdminRenders } from '../english-admin-renders.ts';
import type { Message } from '../sentence.ts';

/** Part of the French catalogue of the admin page. */
export const adminRenders = {
  'renders.title': 'Autres versions',
  'renders.hint': 'À partir des pistes de chacun : une autre disposition, une partie, sans quelqu’un, ou le son seul.',
  'renders.unlisted': 'Les versions ne peuvent pas être listées',
  'renders.waiting': 'En attente',
  'renders.ready': 'Prêt',
  'renders.failed': 'Échec',
  'renders.noReason': 'Le serveur n’a pas donné de raison.',
  'renders.underWay': 'Création de {what}',
  'renders.downloadName': 'Télécharger {what}',
  'renders.deleteName': 'Supprimer {what}',
  // What it is of
  'renders.recorded': 'Comme enregistré',
  'renders.other': 'Version',
  'renders.range': 'De {from} à {to}',
  'renders.without': { one: 'Sans une personne', many: 'Sans {count} de personnes', other: 'Sans {count} personnes' },
  // To order one
  'renders.new': 'Nouvelle version',
  'renders.format': 'Format',
  'renders.mp4': 'MP4, vidéo',
  'renders.webm': 'WebM, vidéo',
  'renders.mp3': 'MP3, son seul',
  'renders.wav': 'WAV, son seul',
  'renders.from': 'De',
  'renders.to': 'À',
  'renders.here': 'Ici',
  'renders.hereHint': 'Reprendre l’endroit où se trouve la vidéo',
  'renders.hereFrom': 'Ici : commencer où se trouve la vidéo',
  'renders.hereTo': 'Ici : finir où se trouve la vidéo',
  'renders.asRecorded': 'Disposé comme lors de l’enregistrement',
  'renders.leaveOut': 'Laisser de côté',
  'renders.render': 'Créer',
  'renders.badTime': 'Indiquez les temps en minutes et secondes, par exemple {example}.',
  'renders.badOrder': 'La fin doit venir après le début.',
  'renders.badLength': 'L’enregistrement dure {length}.',
} as const satisfies Record<keyof typeof englishAdminRenders, Message>;
