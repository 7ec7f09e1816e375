/** The sentences of the recordings of rooms that somebody with an account has made, in French. */
import type { englishOwnRecordings } from '../english-own-recordings.ts';
import type { Message } from '../sentence.ts';

/** Part of the French catalogue. */
export const ownRecordings = {
  'ownRecordings.title': 'Vos enregistrements',
  'ownRecordings.loading': 'Chargement de vos enregistrements…',
  'ownRecordings.none':
    'Rien n’est encore enregistré. Ce qui est enregistré dans une salle que vous avez créée reste ici, même quand la salle n’existe plus.',
  'ownRecordings.failed': 'Vos enregistrements n’ont pas pu être chargés',
  'ownRecordings.again': 'Réessayer',
  'ownRecordings.more': 'Afficher plus',
  'ownRecordings.recording': 'Enregistrement en cours',
  'ownRecordings.paused': 'En pause',
  'ownRecordings.archiving': 'Création de la vidéo : {percent} %',
  'ownRecordings.noFilm': 'Pas de vidéo',
  'ownRecordings.noFilmHelp': 'Ce qui a été enregistré est conservé. Un administrateur peut faire recréer la vidéo.',
  'ownRecordings.play': 'Lire',
  'ownRecordings.playName': 'Lire « {title} »',
  'ownRecordings.closeFilm': 'Fermer le lecteur',
  'ownRecordings.notPlayed': 'La lecture est impossible pour le moment. Une vidéo terminée peut être téléchargée.',
  'ownRecordings.download': 'Télécharger',
  'ownRecordings.downloadName': 'Télécharger « {title} »',
  'ownRecordings.share': 'Partager',
  'ownRecordings.shareName': 'Partager « {title} »',
  'ownRecordings.wrong': 'Cela n’a pas fonctionné',
  'recordingTitle.edit': 'Modifier le titre de « {title} »',
  'recordingTitle.rename': 'Modifier le titre',
  'recordingTitle.label': 'Titre de l’enregistrement',
  'recordingTitle.save': 'Enregistrer',
  'recordingTitle.cancel': 'Annuler',
  'recordingTitle.empty': 'Donnez un titre à l’enregistrement.',
  'ownRecordings.linkHint':
    'Toute personne qui a le lien voit la vidéo avec ses chapitres, et rien d’autre, pendant une semaine ou jusqu’à ce que vous le révoquiez.',
  'ownRecordings.linkMake': 'Créer un lien',
  'ownRecordings.linkMoment': 'Commencer à {time}, là où vous vous êtes arrêté',
  'ownRecordings.linkNew': 'Lien vers la vidéo',
  'ownRecordings.linkNewHint': 'Il n’est affiché qu’une seule fois. Expiration : {when}.',
  'ownRecordings.linkUntil': 'Lien, expiration : {when}',
  'ownRecordings.linkEnded': 'Lien expiré : {when}',
  'ownRecordings.linkBack': 'Révoquer',
  'ownRecordings.linkBackName': 'Révoquer le lien, expiration : {when}',
} as const satisfies Record<keyof typeof englishOwnRecordings, Message>;
