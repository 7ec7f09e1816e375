/** The sentences of who has signed in, as every page names them, in French. */
import type { englishAccount } from '../english-account.ts';
import type { Message } from '../sentence.ts';

/** Part of the French catalogue. */
export const account = {
  'account.mark': 'Compte : {name}',
  'account.signIn': 'Se connecter',
  'account.contacts': 'Contacts',
  'account.admin': 'Administration',
  'account.signOut': 'Se déconnecter',
} as const satisfies Record<keyof typeof englishAccount, Message>;
