/** The sentences of the webhooks on the admin page, in French. */
import type { englishAdminWebhooks } from '../english-admin-webhooks.ts';
import type { Message } from '../sentence.ts';

/** Part of the French catalogue of the admin page. */
export const adminWebhooks = {
  'adminWebhooks.title': 'Webhooks',
  'adminWebhooks.intro':
    'Chaque événement est envoyé à ces adresses, signé et dans l’ordre, autant de fois qu’il faut pour qu’il soit accepté.',
  'adminWebhooks.loading': 'Chargement des webhooks…',
  'adminWebhooks.none': 'Rien n’est encore envoyé.',
  // A new one
  'adminWebhooks.address': 'Adresse',
  'adminWebhooks.types': 'Seulement ces types',
  'adminWebhooks.add': 'Ajouter',
  'adminWebhooks.secret': 'Secret du nouveau webhook',
  'adminWebhooks.secretHint': 'Il signe ce qui est envoyé. Conservez-le maintenant : il ne sera plus affiché.',
  // How it goes
  'adminWebhooks.all': 'Tous les événements',
  'adminWebhooks.working': 'Fonctionne',
  'adminWebhooks.failing': 'En échec',
  'adminWebhooks.paused': 'En pause',
  'adminWebhooks.pausedAsked': 'Mis en pause par un administrateur. Ce qui se passe entre-temps est conservé.',
  'adminWebhooks.pausedFailing':
    'Mis en pause, car le destinataire était en échec depuis trop longtemps. Ce qui se passe entre-temps est conservé.',
  'adminWebhooks.pausedGone':
    'Mis en pause, car le destinataire indique qu’il n’existe plus. Ce qui se passe entre-temps est conservé.',
  'adminWebhooks.upToDate': 'À jour.',
  'adminWebhooks.behind': {
    one: '{count} événement en retard.',
    many: '{count} d’événements en retard.',
    other: '{count} événements en retard.',
  },
  'adminWebhooks.lastSent': 'Dernier envoi : {when}.',
  'adminWebhooks.failedTimes': { one: '{count} échec.', many: '{count} d’échecs.', other: '{count} échecs.' },
  'adminWebhooks.failedSince': {
    one: '{count} échec depuis le {when}.',
    many: '{count} d’échecs depuis le {when}.',
    other: '{count} échecs depuis le {when}.',
  },
  'adminWebhooks.nextTry': 'Prochain essai : {when}.',
  // What can be done
  'adminWebhooks.of': '{action} : {url}',
  'adminWebhooks.tries': 'Derniers essais',
  'adminWebhooks.triesNone': 'Rien n’a encore été envoyé.',
  'adminWebhooks.try': '{when} : {number} {type}, essai {attempt} : {answer}',
  'adminWebhooks.tryStatus': '{when} : {number} {type}, essai {attempt} : {status} {answer}',
  'adminWebhooks.replay': 'Renvoyer les cent derniers événements',
  'adminWebhooks.pause': 'Suspendre',
  'adminWebhooks.goOn': 'Reprendre',
  'adminWebhooks.tryNow': 'Essayer maintenant',
  'adminWebhooks.deleteTitle': 'Supprimer ce webhook ?',
  'adminWebhooks.deleteText':
    'Plus rien ne sera envoyé à {url}. Ce qui n’y a pas encore été accepté est perdu pour cette adresse.',
  'field.types':
    'Sous « Seulement ces types », indiquez des types comme room.started ou des domaines comme recording.*',
} as const satisfies Record<keyof typeof englishAdminWebhooks, Message>;
