/** The sentences of who has signed in, as every page names them, in German. */
import type { englishAccount } from '../english-account.ts';
import type { Message } from '../sentence.ts';

/** Part of the German catalogue. */
export const account = {
  'account.mark': 'Konto: {name}',
  'account.signIn': 'Anmelden',
  'account.contacts': 'Kontakte',
  'account.admin': 'Verwaltung',
  'account.signOut': 'Abmelden',
} as const satisfies Record<keyof typeof englishAccount, Message>;
