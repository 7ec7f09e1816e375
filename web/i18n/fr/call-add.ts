/** The sentences of adding somebody to a call, and of one that was over too early, in French. */
import type { englishCallAdd } from '../english-call-add.ts';
import type { Message } from '../sentence.ts';

/** Part of the French catalogue. */
export const callAdd = {
  'callAdd.button': 'Ajouter quelqu’un',
  'callAdd.short': 'Ajouter',
  'callAdd.title': 'Ajouter quelqu’un à cet appel',
  'callAdd.close': 'Fermer',
  'callAdd.here': 'Dans cet appel',
  'callAdd.link': 'Quelqu’un d’autre',
  'callAdd.linkHint': 'Envoyez-lui un lien : aucun compte n’est nécessaire.',
  'callAdd.linkButton': 'Inviter par un lien',
  'callAdd.ringing': 'Ça sonne. Dès la réponse, la personne arrive dans cette salle.',
  'callAdd.dismiss': 'Masquer',
  'callAdd.loading': 'Ouverture de vos contacts…',
  'callAdd.signedOut': 'Votre session est fermée',
  'callAdd.signedOutHint': 'Reconnectez-vous pour appeler quelqu’un. En attendant, vous restez dans l’appel.',
  'callAdd.lostHint': 'Reconnexion en cours. L’appel lui-même continue.',
  'contacts.gone': 'L’appel s’est terminé avant que vous soyez dans la salle. Rappelez si nécessaire.',
} as const satisfies Record<keyof typeof englishCallAdd, Message>;
