/** What a server refuses to an admin, in French. */
import type { AdminProblemCode } from '../admin-problem-codes.ts';
import type { ProblemWords } from '../message.ts';

/** By `api.` and the server's own code. */
export const adminProblems = {
  'api.recording_not_found': {
    title: 'Aucun enregistrement',
    detail: 'Cet enregistrement n’existe pas, ou n’existe plus. La liste montre tous ceux qui sont là.',
  },
  'api.last_admin': {
    title: 'Dernier administrateur',
    detail: 'C’est le seul administrateur qui puisse se connecter. Nommez-en d’abord un autre.',
  },
  'api.too_many_accounts': {
    title: 'Trop de comptes',
    detail: 'Ce serveur n’accepte pas plus de comptes. Supprimez-en d’abord.',
  },
  'api.import_invalid': {
    title: 'Liste illisible',
    detail: 'Ce n’est pas une liste de personnes, ou elle a trop de lignes. Elle peut en avoir 5000 au plus.',
  },
  'api.bad_url': {
    title: 'Adresse non valable',
    detail:
      'Un webhook demande une adresse en http:// ou https://, sans nom d’utilisateur. Un secret peut figurer dans le chemin.',
  },
  'api.private_address': {
    title: 'Réseau privé',
    detail:
      'L’adresse mène à un réseau privé, que les webhooks ne doivent pas atteindre. Prenez-en une publique, ou définissez events.allowPrivateWebhooks.',
  },
  'api.too_many_webhooks': {
    title: 'Trop de webhooks',
    detail: 'Ce serveur n’accepte pas plus de webhooks. Supprimez-en d’abord un.',
  },
  'api.webhook_not_found': { title: 'Webhook introuvable', detail: 'Ce webhook n’existe plus.' },
  'api.too_many_shares': {
    title: 'Trop de liens',
    detail: 'Cet enregistrement n’accepte pas plus de liens. Révoquez-en d’abord un.',
  },
  'api.share_not_found': { title: 'Lien introuvable', detail: 'Ce lien n’existe pas, ou il a été révoqué.' },
  'api.not_failed': {
    title: 'Pas d’échec',
    detail: 'Seul un enregistrement dont l’archivage a échoué peut être réessayé.',
  },
  'api.not_ready': {
    title: 'Pas encore prêt',
    detail: 'Ce n’est pas encore prêt. Les fichiers existeront une fois que ce sera le cas.',
  },
  'api.file_damaged': {
    title: 'Fichier endommagé',
    detail: 'Ce fichier n’est pas celui qui a été créé. Faites-le recréer.',
  },
  'api.file_missing': {
    title: 'Aucun fichier de ce nom',
    detail: 'Ce fichier n’existe pas. La liste montre ceux qui existent.',
  },
  'api.unknown_file': { title: 'Aucun fichier de ce nom', detail: 'L’archive ne contient aucun fichier de ce nom.' },
  'api.key_missing': {
    title: 'Clé absente',
    detail: 'La clé de cet enregistrement a été supprimée ; plus personne ne peut le lire.',
  },
  'api.key_damaged': {
    title: 'Clé illisible',
    detail:
      'La clé de cet enregistrement ne peut pas être ouverte. Restaurez la clé du serveur avec laquelle elle a été créée.',
  },
  'api.storage_unavailable': {
    title: 'Stockage indisponible',
    detail:
      'Le stockage où se trouve l’enregistrement ne répond pas, ou n’est plus configuré. Vérifiez-le, puis réessayez.',
  },
  'api.redis_unavailable': {
    title: 'Redis ne répond pas',
    detail:
      'Redis ne répond pas, rien ne peut donc être commandé pour le moment. Tout reprendra quand Redis sera revenu.',
  },
  'api.no_tracks': {
    title: 'Seulement la vidéo',
    detail: 'De cet enregistrement il n’y a que la vidéo ; rien d’autre ne peut en être tiré.',
  },
  'api.unknown_person': {
    title: 'Personne inconnue',
    detail: 'L’une des personnes laissées de côté ne figure pas dans cet enregistrement.',
  },
  'api.render_empty': {
    title: 'Hors de l’enregistrement',
    detail: 'Le début et la fin doivent se trouver dans l’enregistrement.',
  },
  'api.render_not_found': {
    title: 'Aucune version de ce genre',
    detail: 'Cette version n’existe plus. La liste montre celles qui existent.',
  },
  'api.render_too_long': {
    title: 'Trop long',
    detail: 'Une version ne peut pas être aussi longue. Choisissez une partie plus courte.',
  },
  'api.renders_busy': {
    title: 'Trop de versions en cours',
    detail: 'Trop de versions attendent déjà. Réessayez quand l’une d’elles sera prête.',
  },
  'api.too_many_renders': {
    title: 'Trop de versions',
    detail: 'Cet enregistrement a déjà autant de versions que possible. Supprimez-en une d’abord.',
  },
  'api.no_trash': {
    title: 'Pas de corbeille',
    detail: 'Les paramètres ne prévoient pas de corbeille. Supprimez l’enregistrement directement.',
  },
  'api.not_in_trash': {
    title: 'Pas dans la corbeille',
    detail: 'L’enregistrement n’est pas dans la corbeille : il a été restauré ou supprimé définitivement.',
  },
  'api.not_stopped': { title: 'Pas encore terminé', detail: 'L’enregistrement n’est pas encore terminé. Réessayez.' },
  'api.interrupted': {
    title: 'Enregistrement interrompu',
    detail: 'L’enregistrement a été interrompu et attend que quelqu’un revienne dans la salle. Rejoignez-la.',
  },
  'recording.interrupted': {
    title: 'Enregistrement interrompu',
    detail:
      'Le serveur s’est arrêté de façon inattendue pendant l’enregistrement. Il continue dès que quelqu’un est de nouveau dans la salle ; si personne ne vient, il est clos avec ce qui a été conservé.',
  },
} as const satisfies Readonly<Record<AdminProblemCode, ProblemWords>>;
