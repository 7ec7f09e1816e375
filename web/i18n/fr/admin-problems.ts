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
} as const satisfies Readonly<Record<AdminProblemCode, ProblemWords>>;
