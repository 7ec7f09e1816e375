/** The sentences of signing in, in German. */
import type { englishSignIn } from '../english-sign-in.ts';
import type { Message } from '../sentence.ts';

/** Part of the German catalogue. */
export const signIn = {
  'signIn.title': 'Anmelden',
  'signIn.hint':
    'Mit dem Konto, das ein Admin dieses Servers für Sie angelegt hat. Gäste brauchen keines: Ein Link genügt.',
  'signIn.firstTitle': 'Das erste Konto',
  'signIn.firstHint': 'Es gehört einem Admin, der die Konten aller anderen anlegt. Dieser Link gilt nur einmal.',
  'signIn.name': 'Name',
  'signIn.login': 'Anmeldename',
  'signIn.password': 'Passwort',
  'signIn.passwordHint': 'Mindestens 10 Zeichen; mehrere Wörter lassen sich leicht merken.',
  'signIn.go': 'Anmelden',
  'signIn.make': 'Konto anlegen',
  'signIn.refused': 'Das hat nicht geklappt',
  'signIn.failed': 'Der Server ist nicht erreichbar. Prüfen Sie die Verbindung, und versuchen Sie es noch einmal.',
  'signIn.in': 'Angemeldet als {name}',
  'signIn.inHint': 'Räume, die Sie erstellen, gehören Ihnen; die Personen dieses Servers stehen unter „Kontakte“.',
  'signIn.contacts': 'Kontakte',
  'signIn.rooms': 'Räume',
  'signIn.out': 'Abmelden',
} as const satisfies Record<keyof typeof englishSignIn, Message>;
