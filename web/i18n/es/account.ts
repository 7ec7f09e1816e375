/** Who has signed in, in Spanish. */
import type { englishAccount } from '../english-account.ts';
import type { Message } from '../sentence.ts';

/** Part of the Spanish catalogue. */
export const account = {
  'account.mark': 'Cuenta: {name}',
  'account.signIn': 'Iniciar sesión',
  'account.contacts': 'Contactos',
  'account.admin': 'Administración',
  'account.signOut': 'Cerrar sesión',
} as const satisfies Record<keyof typeof englishAccount, Message>;
