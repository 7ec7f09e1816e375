/** The sentences of the links that a host makes and takes back, in German. */
import type { englishInvites } from '../english-invites.ts';
import type { Message } from '../sentence.ts';

/** Part of the German catalogue. */
export const invites = {
  'invites.title': 'Widerrufbare Links',
  'invites.count': { one: '{count} Link gilt', other: '{count} Links gelten' },
  'invites.hint':
    'Für eine Gruppe, eine Rolle und so lange, wie Sie möchten. Wer mit einem widerrufenen Link kam, ist sofort draußen.',
  // A new one
  'invites.label': 'Für wen',
  'invites.labelHint': 'Das sehen nur Hosts.',
  'invites.role': 'Rolle',
  'invites.participant': 'Teilnehmer',
  'invites.viewer': 'Zuschauer',
  'invites.host': 'Hosts',
  'invites.term': 'Gültig für',
  'invites.hours': { one: '{count} Stunde', other: '{count} Stunden' },
  'invites.days': { one: '{count} Tag', other: '{count} Tage' },
  'invites.termHint': 'Nie länger als Ihr eigener Link.',
  'invites.uses': 'Für wie viele Personen',
  'invites.usesHint': 'Leer: beliebig viele.',
  'invites.usesWrong': 'Eine ganze Zahl von 1 bis {most}.',
  'invites.make': 'Link erstellen',
  'invites.made': 'Der neue Link',
  'invites.madeHint': 'Er gilt bis {when}.',
  // Those of a room, where that is not in it
  'links.joinHint':
    'Wer ihn hat, kann mit Kamera und Mikrofon beitreten. Er gilt bis {when} und lässt sich im Raum unter „Einladen“ widerrufen.',
  'links.watchHint':
    'Für beliebig viele Zuschauer, die weder zu sehen noch zu hören sind. Er gilt bis {when} und lässt sich im Raum unter „Einladen“ widerrufen.',
  'links.phone': 'Code fürs Smartphone',
  // Those there are
  'invites.loading': 'Links werden geladen…',
  'invites.none': 'Noch keine Links',
  'invites.noneHint': 'Hier stehen Ihre Links, bis sie ablaufen, und wie viele Personen damit kamen.',
  'invites.noLabel': 'Ohne Namen',
  'invites.quick': 'Schnelllink',
  'invites.until': 'Bis {when}',
  'invites.nobody': 'Noch niemand gekommen',
  'invites.came': { one: '{count} Person gekommen', other: '{count} Personen gekommen' },
  'invites.cameOf': '{used} von {most} gekommen',
  'invites.usedUp': 'Aufgebraucht',
  'invites.copy': 'Kopieren',
  'invites.copyName': 'Link „{label}“ kopieren',
  'invites.byHand': 'Markieren und kopieren',
  'invites.revoke': 'Widerrufen',
  'invites.revokeName': 'Link „{label}“ widerrufen',
  'invites.revokeTitle': 'Link „{label}“ widerrufen?',
  'invites.revokeText': 'Wer damit kam, ist sofort draußen, und niemand kommt mehr damit herein. Alle anderen bleiben.',
  'invites.revokeOwn':
    'Mit diesem Link sind Sie selbst gekommen: Sie und alle anderen, die damit kamen, sind sofort draußen.',
  'invites.revoked': 'Der Link „{label}“ gilt nicht mehr',
  'invites.keep': 'Behalten',
  'invites.failed': 'Das hat nicht geklappt',
  'invites.again': 'Erneut versuchen',
} as const satisfies Record<keyof typeof englishInvites, Message>;
