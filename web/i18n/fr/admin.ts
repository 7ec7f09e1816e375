/** The sentences of the frame of the admin page, and those that several of its views say, in French. */
import type { englishAdmin } from '../english-admin.ts';
import type { Message } from '../sentence.ts';

/** Part of the French catalogue of the admin page. */
export const admin = {
  'admin.title': 'Administration',
  'admin.recordings': 'Enregistrements',
  'admin.rooms': 'Salles',
  'admin.people': 'Personnes',
  'admin.events': 'Événements',
  'admin.settings': 'Paramètres',
  'admin.audit': 'Journal',
  'admin.signOut': 'Se déconnecter',
  // Without a token
  'admin.tokenHint':
    'Saisissez le jeton d’administration. Le serveur l’a affiché, avec un lien vers cette page, à son premier démarrage.',
  'admin.noAdmin': '{name} n’a pas de droits d’administration',
  'admin.noAdminHint':
    'Demandez-les à un administrateur ou connectez-vous avec un autre compte. Le jeton d’administration permet aussi d’entrer.',
  'admin.tokenRefused': 'Ce jeton n’est pas valable',
  'admin.asking': 'Vérification de la session…',
  'admin.token': 'Jeton d’administration',
  'admin.continue': 'Continuer',
  // Several views
  'admin.refused': 'Cela n’a pas fonctionné',
  'admin.stale': 'La liste n’est pas à jour',
  'admin.delete': 'Supprimer',
  'admin.download': 'Télécharger',
  'admin.again': 'Réessayer',
  'admin.keep': 'Conserver',
} as const satisfies Record<keyof typeof englishAdmin, Message>;
