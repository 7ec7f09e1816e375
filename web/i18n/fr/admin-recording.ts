/** The sentences of one recording on the admin page: what it is, what happened to it, who spoke when, and how its archive is made, in French. */
import type { englishAdminRecording } from '../english-admin-recording.ts';
import type { Message } from '../sentence.ts';

/** Part of the French catalogue of the admin page. */
export const adminRecording = {
  'adminRecording.back': 'Tous les enregistrements',
  'adminRecording.title': 'Enregistrement',
  'adminRecording.loading': 'Chargement de l’enregistrement…',
  'adminRecording.failed': 'L’enregistrement ne peut pas être affiché',
  'adminRecording.missing': 'Cet enregistrement n’existe pas',
  'adminRecording.missingWhy': 'Il a été supprimé, ou l’adresse est incomplète',
  'adminRecording.missingHint':
    'La liste montre tous les enregistrements qui existent. Ceux qui peuvent être restaurés sont parmi les enregistrements supprimés ; les autres figurent dans le journal.',
  'adminRecording.trashed': 'Cet enregistrement est dans la corbeille',
  'adminRecording.stale': 'Cette page n’est pas à jour',
  'adminRecording.noFilm': 'Il n’y a pas encore de vidéo. Une fois l’archive terminée, elle se lit ici.',
  'adminRecording.begins': 'Il commence avec la prochaine image.',
  'adminRecording.unplayable': 'Ce navigateur ne peut pas lire la vidéo ; téléchargez-la.',
  'adminRecording.early': 'Il n’y a encore rien à lire.',
  // What it is
  'adminRecording.recorded': 'Date',
  'adminRecording.length': 'Durée',
  'adminRecording.film': 'Vidéo',
  'adminRecording.room': 'Salle',
  'adminRecording.stored': 'Emplacement',
  'adminRecording.people': 'Personnes',
  'stored.local': 'Sur ce serveur',
  'stored.s3': 'Dans le stockage objet',
  'stored.uploading': 'En route vers le stockage objet',
  // What can be done
  'adminRecording.downloadFilm': 'Télécharger la vidéo',
  'adminRecording.downloadAll': 'Tout télécharger',
  'adminRecording.pause': 'Pause',
  'adminRecording.goOn': 'Reprendre',
  'adminRecording.marker': 'Nom du repère',
  'adminRecording.markerHint': 'Nom de ce moment',
  'adminRecording.markerSet': 'Placer le repère',
  // What happened to it
  'story.title': 'Ce qui est arrivé à cet enregistrement',
  'story.recovered':
    'Le serveur a été interrompu pendant l’enregistrement. Ce qui avait été écrit a été retrouvé et assemblé.',
  'story.disk': 'À {time}, il manque {length} : le disque était plein.',
  'story.interruption': 'À {time}, il manque {length} : l’image a été interrompue.',
  'story.session_ended': 'Il s’est terminé automatiquement quand la dernière personne a quitté la salle.',
  'story.duration_limit': 'Il a été arrêté parce qu’il avait atteint la durée maximale permise par les paramètres.',
  'story.size_limit': 'Il a été arrêté parce qu’il avait atteint la taille maximale permise par les paramètres.',
  'story.idle':
    'Il a été arrêté parce que rien ne s’était passé dans la salle aussi longtemps que les paramètres le permettent.',
  'story.disk_floor':
    'Il a été arrêté parce que le disque était presque plein. Supprimez des enregistrements ou déplacez le dossier de données.',
  'story.crash':
    'Il s’est terminé quand le serveur s’est arrêté net et que personne n’est revenu à temps ; tout ce qui précède est conservé.',
  'gap.pause': 'En pause pendant {length}',
  'gap.disk': 'Il manque {length} : le disque était plein',
  'gap.interruption': 'Il manque {length} : l’image a été interrompue',
  // Beside the film and below it
  'aside.label': 'À côté de la vidéo',
  'aside.chat': 'Chat',
  'aside.noChat': 'Personne n’a rien écrit.',
  'aside.chatLater': 'Les messages s’afficheront ici une fois l’enregistrement archivé.',
  'aside.goTo': 'Aller à {time}',
  'timeline.title': 'Qui a parlé quand',
  'timeline.label': 'Position dans l’enregistrement',
  'timeline.sound': 'Son',
  'timeline.position': '{position} sur {length}',
  'timeline.heard': '{position} sur {length}, on entend : {names}',
  'timeline.spoke': '{name} a parlé {length}',
  // How its archive is made
  'steps.title': 'Comment l’archive est créée',
  'steps.log': 'Ce que les tâches ont signalé',
  'steps.logName': 'Dernières lignes du journal',
  'steps.waiting': 'En attente d’un processus',
  'steps.percent': '{percent} %',
  'steps.done': 'Terminé',
  'steps.failed': 'Échec',
  'steps.attempt': '{state}, essai {number}',
  'step.film': 'Vidéo avec chapitres et le son de chacun',
  'step.tracks': 'Les pistes de chacun',
  'step.texts': 'Chronologie, sous-titres, chat et présence',
  'step.pictures': 'Affiche, vignettes de lecture et forme d’onde',
  'step.vod': 'Liste de lecture pour le streaming',
  'step.finish': 'Sommes de contrôle et liste des fichiers',
  'step.upload': 'Envoi vers le stockage',
} as const satisfies Record<keyof typeof englishAdminRecording, Message>;
