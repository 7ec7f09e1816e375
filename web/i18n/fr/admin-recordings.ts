/** The sentences of the list of recordings on the admin page, in French. */
import type { englishAdminRecordings } from '../english-admin-recordings.ts';
import type { Message } from '../sentence.ts';

/** Part of the French catalogue of the admin page. */
export const adminRecordings = {
  'adminRecordings.loading': 'Chargement des enregistrements…',
  'adminRecordings.failedAgain': 'Elle est redemandée toutes les quelques secondes.',
  'adminRecordings.ask': 'Actualiser maintenant',
  'adminRecordings.more': 'Afficher plus',
  'adminRecordings.moreLoading': 'Chargement…',
  'adminRecordings.noMatch': 'Aucun enregistrement ne correspond',
  'adminRecordings.noMatchHint': 'Cherchez moins de mots, ou retirez un filtre.',
  'adminRecordings.all': 'Afficher tous les enregistrements',
  'adminRecordings.none': 'Rien n’est encore enregistré',
  'adminRecordings.noneHint':
    'Appuyez sur « Enregistrer » dans une salle en direct, et l’enregistrement s’affiche ici. Une fois arrêté, il devient une vidéo, avec des chapitres et les pistes de chacun.',
  'adminRecordings.rooms': 'Afficher les salles',
  // Filters
  'adminRecordings.search': 'Recherche',
  'adminRecordings.searchHint': 'Titre, salle ou personne',
  'adminRecordings.room': 'Salle',
  'adminRecordings.allRooms': 'Toutes les salles',
  'adminRecordings.state': 'État',
  'adminRecordings.allStates': 'Tous les états',
  'adminRecordings.since': 'Du',
  'adminRecordings.until': 'Au',
  'adminRecordings.clear': 'Effacer',
  // States
  'recordingState.recording': 'En cours',
  'recordingState.paused': 'En pause',
  'recordingState.archiving': 'Archivage',
  'recordingState.archivingPercent': 'Archivage : {percent} %',
  'recordingState.ready': 'Prêt',
  'recordingState.failed': 'Échec',
  'recordingState.recovered': 'Récupéré',
  'recordingState.uploading': 'Envoi en cours',
  // One recording
  'adminRecordings.archiving': 'Archivage de {title}',
  'adminRecordings.people': {
    one: '{names} et {count} autre personne',
    many: '{names} et {count} d’autres personnes',
    other: '{names} et {count} autres personnes',
  },
  'adminRecordings.stop': 'Arrêter',
  'adminRecordings.stopName': 'Arrêter l’enregistrement {title}',
  'adminRecordings.downloadName': 'Télécharger {title}',
  'adminRecordings.deleteName': 'Supprimer l’enregistrement {title}',
  'adminRecordings.trouble': 'Tout ne peut pas être conservé pour le moment',
  'adminRecordings.failed': 'L’archive n’a pas été terminée',
  'adminRecordings.noReason': 'Le serveur n’a pas donné de raison ; son journal en dit plus.',
  'adminRecordings.kept': 'Ce qui a été enregistré est conservé.',
  'adminRecordings.deleteTitle': 'Supprimer « {title} » ?',
  'adminRecordings.deleteAll':
    'L’enregistrement du {date} (durée {length}) sera supprimé définitivement, avec tous ses fichiers, versions et liens partagés.',
  'adminRecordings.deleteAllSize':
    'L’enregistrement du {date} (durée {length}, {size}) sera supprimé définitivement, avec tous ses fichiers, versions et liens partagés.',
  'adminRecordings.clipsStay': {
    one: '{count} extrait de celui-ci reste dans sa salle.',
    many: '{count} d’extraits de celui-ci restent dans leur salle.',
    other: '{count} extraits de celui-ci restent dans leur salle.',
  },
  'adminRecordings.deleteDo': 'Supprimer l’enregistrement',
  'adminRecordings.deleted': '« {title} » est supprimé.',
  // The trash
  'adminTrash.title': 'Enregistrements supprimés',
  'adminTrash.loading': 'Chargement des enregistrements supprimés…',
  'adminTrash.none': 'La corbeille est vide',
  'adminTrash.noneHint': {
    one: 'Un enregistrement supprimé peut être restauré ici pendant {count} jour.',
    many: 'Un enregistrement supprimé peut être restauré ici pendant {count} de jours.',
    other: 'Un enregistrement supprimé peut être restauré ici pendant {count} jours.',
  },
  'adminTrash.off': 'Un enregistrement supprimé disparaît aussitôt : les paramètres ne prévoient pas de corbeille.',
  'adminTrash.intro':
    'Ils peuvent être restaurés jusqu’à leur suppression définitive. D’ici là, ils occupent de l’espace ; s’il vient à manquer, le premier supprimé disparaît plus tôt.',
  'adminTrash.until': 'Supprimé le {deleted}, définitivement le {until}',
  'adminTrash.restore': 'Restaurer',
  'adminTrash.restoreName': 'Restaurer « {title} »',
  'adminTrash.forGood': 'Supprimer définitivement',
  'adminTrash.forGoodName': 'Supprimer définitivement : « {title} »',
  'adminTrash.forGoodTitle': 'Supprimer définitivement « {title} » ?',
  'adminTrash.restored': '« {title} » est restauré.',
  'adminTrash.gone': '« {title} » est supprimé définitivement.',
  'adminTrash.deleteText': {
    one: 'L’enregistrement du {date} (durée {length}) rejoint les enregistrements supprimés, où il peut être restauré pendant {count} jour. D’ici là, personne ne le voit, pas même par un lien, et il occupe de l’espace.',
    many: 'L’enregistrement du {date} (durée {length}) rejoint les enregistrements supprimés, où il peut être restauré pendant {count} de jours. D’ici là, personne ne le voit, pas même par un lien, et il occupe de l’espace.',
    other:
      'L’enregistrement du {date} (durée {length}) rejoint les enregistrements supprimés, où il peut être restauré pendant {count} jours. D’ici là, personne ne le voit, pas même par un lien, et il occupe de l’espace.',
  },
} as const satisfies Record<keyof typeof englishAdminRecordings, Message>;
