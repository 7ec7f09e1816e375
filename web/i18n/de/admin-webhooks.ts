/** The sentences of the webhooks on the admin page, in German. */
import type { englishAdminWebhooks } from '../english-admin-webhooks.ts';
import type { Message } from '../sentence.ts';

/** Part of the German catalogue of the admin page. */
export const adminWebhooks = {
  'adminWebhooks.title': 'Webhooks',
  'adminWebhooks.intro':
    'Jedes Ereignis geht an diese Adressen, signiert und der Reihe nach, immer wieder, bis es angenommen wird.',
  'adminWebhooks.loading': 'Webhooks werden geladen…',
  'adminWebhooks.none': 'Noch wird niemandem etwas gesendet.',
  // A new one
  'adminWebhooks.address': 'Adresse',
  'adminWebhooks.types': 'Nur diese Arten',
  'adminWebhooks.add': 'Hinzufügen',
  'adminWebhooks.secret': 'Geheimnis des neuen Webhooks',
  'adminWebhooks.secretHint':
    'Damit wird signiert, was gesendet wird. Bewahren Sie es jetzt auf: Es wird nicht noch einmal angezeigt.',
  // How it goes
  'adminWebhooks.all': 'Alle Ereignisse',
  'adminWebhooks.working': 'In Ordnung',
  'adminWebhooks.failing': 'Gestört',
  'adminWebhooks.paused': 'Pausiert',
  'adminWebhooks.pausedAsked': 'Von einem Admin pausiert. Was in der Zwischenzeit geschieht, wird aufbewahrt.',
  'adminWebhooks.pausedFailing':
    'Pausiert, weil der Empfänger zu lange gestört war. Was in der Zwischenzeit geschieht, wird aufbewahrt.',
  'adminWebhooks.pausedGone':
    'Pausiert, weil es den Empfänger nach eigener Auskunft nicht mehr gibt. Was in der Zwischenzeit geschieht, wird aufbewahrt.',
  'adminWebhooks.upToDate': 'Auf dem neuesten Stand.',
  'adminWebhooks.behind': { one: '{count} Ereignis im Rückstand.', other: '{count} Ereignisse im Rückstand.' },
  'adminWebhooks.lastSent': 'Zuletzt gesendet: {when}.',
  'adminWebhooks.failedTimes': { one: '{count} Fehlversuch.', other: '{count} Fehlversuche.' },
  'adminWebhooks.failedSince': { one: '{count} Fehlversuch seit {when}.', other: '{count} Fehlversuche seit {when}.' },
  'adminWebhooks.nextTry': 'Nächster Versuch: {when}.',
  // What can be done
  'adminWebhooks.of': '{action}: {url}',
  'adminWebhooks.tries': 'Letzte Versuche',
  'adminWebhooks.triesNone': 'Es wurde noch nichts gesendet.',
  'adminWebhooks.try': '{when}: {number} {type}, Versuch {attempt}: {answer}',
  'adminWebhooks.tryStatus': '{when}: {number} {type}, Versuch {attempt}: {status} {answer}',
  'adminWebhooks.replay': 'Die letzten hundert Ereignisse erneut senden',
  'adminWebhooks.pause': 'Pausieren',
  'adminWebhooks.goOn': 'Fortsetzen',
  'adminWebhooks.tryNow': 'Jetzt versuchen',
  'adminWebhooks.deleteTitle': 'Diesen Webhook löschen?',
  'adminWebhooks.deleteText':
    'An {url} wird dann nichts mehr gesendet. Was dort noch nicht angenommen wurde, geht dort verloren.',
  'field.types': 'Unter „Nur diese Arten“ gehören Arten wie room.started oder Bereiche wie recording.*',
} as const satisfies Record<keyof typeof englishAdminWebhooks, Message>;
