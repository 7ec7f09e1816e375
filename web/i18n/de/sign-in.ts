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
  'signIn.loginHint':
    'Buchstaben ohne Akzente und Umlaute, Ziffern oder eines von . _ @ + -; eine E-Mail-Adresse geht auch.',
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
  // What the server does not take
  'field.login':
    'Der Anmeldename braucht 1 bis 64 Buchstaben ohne Akzente und Umlaute, Ziffern oder eines von . _ @ + - und beginnt mit einem Buchstaben oder einer Ziffer.',
  'field.name': 'Der Name braucht 1 bis 64 Zeichen, keines davon unsichtbar.',
  'field.password': 'Das Passwort braucht 10 bis 128 Zeichen.',
} as const satisfies Record<keyof typeof englishSignIn, Message>;
