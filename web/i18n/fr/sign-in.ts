/** The sentences of signing in, in French. */
import type { englishSignIn } from '../english-sign-in.ts';
import type { Message } from '../sentence.ts';

/** Part of the French catalogue. */
export const signIn = {
  'signIn.title': 'Se connecter',
  'signIn.hint':
    'Avec le compte qu’un administrateur de ce serveur a créé pour vous. Les invités n’en ont pas besoin : un lien suffit.',
  'signIn.firstTitle': 'Le premier compte',
  'signIn.firstHint': 'C’est celui d’un administrateur, qui crée ensuite tous les autres. Ce lien ne sert qu’une fois.',
  'signIn.name': 'Nom',
  'signIn.login': 'Identifiant',
  'signIn.loginHint': 'Lettres sans accents, chiffres ou un de . _ @ + - ; une adresse e-mail convient.',
  'signIn.password': 'Mot de passe',
  'signIn.passwordHint': 'Au moins 10 caractères ; plusieurs mots se retiennent facilement.',
  'signIn.go': 'Se connecter',
  'signIn.make': 'Créer le compte',
  'signIn.refused': 'Cela n’a pas fonctionné',
  'signIn.failed': 'Le serveur est injoignable ; vérifiez la connexion et réessayez.',
  'signIn.in': 'Connecté en tant que {name}',
  'signIn.inHint': 'Les salles que vous créez sont à vous ; les personnes de ce serveur se trouvent sous « Contacts ».',
  'signIn.contacts': 'Contacts',
  'signIn.rooms': 'Salles',
  'signIn.out': 'Se déconnecter',
  // What the server does not take
  'field.login':
    'L’identifiant doit avoir de 1 à 64 lettres sans accents, chiffres ou un de . _ @ + - et commencer par une lettre ou un chiffre.',
  'field.name': 'Le nom doit avoir de 1 à 64 caractères, aucun invisible.',
  'field.password': 'Le mot de passe doit avoir de 10 à 128 caractères.',
} as const satisfies Record<keyof typeof englishSignIn, Message>;
