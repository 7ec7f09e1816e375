/** Who has signed in; in Portuguese. */
import type { englishAccount } from '../english-account.ts';
import type { Message } from '../sentence.ts';

/** Part of the Portuguese catalogue. */
export const account = {
  'account.mark': 'Conta: {name}',
  'account.signIn': 'Fazer login',
  'account.contacts': 'Contatos',
  'account.admin': 'Administração',
  'account.signOut': 'Sair da conta',
} as const satisfies Record<keyof typeof englishAccount, Message>;
