/** The sentences of the health and the settings of the server on the admin page, in French. */
import type { englishAdminServer } from '../english-admin-server.ts';
import type { Message } from '../sentence.ts';

/** Part of the French catalogue of the admin page. */
export const adminServer = {
  // Health
  'adminHealth.title': 'État',
  'adminHealth.allWell': 'Tout va bien',
  'adminHealth.bad': { one: '{count} problème', many: '{count} de problèmes', other: '{count} problèmes' },
  'adminHealth.failed': 'Le serveur n’indique pas son état',
  'adminHealth.well': '{check} : en ordre',
  'adminHealth.ill': '{check} : à vérifier',
  // By what the server calls its checks
  'healthCheck.ffmpeg': 'FFmpeg',
  'healthCheck.redis': 'Redis',
  'healthCheck.database': 'Base de données',
  'healthCheck.disk': 'Disque',
  'healthCheck.archives': 'Archivage',
  'healthCheck.renders': 'Autres versions',
  'healthDetail.answers': 'Répond',
  'healthDetail.archives_attended': 'Aucun enregistrement n’attend de processus d’archivage',
  'healthDetail.renders_attended': 'Aucune n’attend de processus d’archivage',
  'healthDetail.worker_missing':
    'Aucun processus d’archivage n’est connecté. Lancez « gridcast worker », ou réglez archive.workers sur 1 ou plus et redémarrez le serveur.',
  'healthDetail.worker_ended':
    'Le processus d’archivage du serveur ne tourne pas. Le journal du serveur dit pourquoi il s’arrête.',
  'healthDetail.redis_silent': 'Ne répond pas. Les salles en direct continuent ; l’archivage attend son retour.',
  'healthDetail.redis_refuses':
    'Répond, mais n’accepte rien. Les salles en direct continuent ; l’archivage attend. Le journal du serveur contient ce que dit Redis.',
  'healthDetail.database_silent':
    'Ne répond pas. Les salles en direct continuent ; les listes et les paramètres attendent son retour.',
  'healthDetail.disk_free': '{free} libres',
  'healthDetail.disk_low': 'Plus que {free} libres. Supprimez des enregistrements ou déplacez le dossier de données.',
  'healthDetail.disk_unwritable': 'Impossible d’écrire dans le dossier de données : {reason}',
  // Beside recordings that wait for it
  'archiveWait.title': 'Des enregistrements attendent d’être archivés',
  'archiveWait.kept': 'Ce qui a été enregistré est conservé ; l’archivage reprend de lui-même dès que c’est résolu.',
  'renderWait.title': 'Des versions attendent',
  'renderWait.kept':
    'Ce qui a été demandé est conservé ; les versions seront créées d’elles-mêmes dès que c’est résolu.',
  // Settings
  'adminSettings.intro':
    'Ce avec quoi ce serveur fonctionne. Les paramètres se modifient dans le fichier de configuration ou dans l’environnement, et valent dès le prochain démarrage ; {file} explique chacun d’eux.',
  'adminSettings.loading': 'Chargement des paramètres…',
  'adminSettings.failed': 'Impossible d’afficher les paramètres',
  'adminSettings.search': 'Rechercher dans les paramètres',
  'adminSettings.changedOnly': 'Seulement ceux qui sont définis',
  'adminSettings.noMatch': 'Aucun paramètre ne correspond',
  'adminSettings.noMatchHint': 'Cherchez d’autres mots.',
  'adminSettings.noMatchSet': 'Cherchez d’autres mots, ou affichez aussi les valeurs par défaut.',
  'adminSettings.setting': 'Paramètre',
  'adminSettings.value': 'Valeur',
  'adminSettings.from': 'Origine',
  'adminSettings.default': 'Par défaut',
  'adminSettings.file': 'Fichier',
  'adminSettings.environment': 'Environnement',
  'adminSettings.unset': 'Non défini',
  'adminSettings.secret': 'Défini, non affiché',
} as const satisfies Record<keyof typeof englishAdminServer, Message>;
