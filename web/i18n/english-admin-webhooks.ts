/** The sentences of the webhooks on the admin page. */

/** Part of the English catalogue of the admin page. */
export const englishAdminWebhooks = {
  'adminWebhooks.title': 'Webhooks',
  'adminWebhooks.intro':
    'Each event is sent to these addresses, signed and in order, and repeated until it is accepted.',
  'adminWebhooks.loading': 'Loading the webhooks…',
  'adminWebhooks.none': 'No webhooks yet.',
  // A new one
  'adminWebhooks.address': 'Address',
  'adminWebhooks.types': 'Only these types',
  'adminWebhooks.add': 'Add',
  'adminWebhooks.secret': 'Secret of the new webhook',
  'adminWebhooks.secretHint': 'It signs what is sent. Keep it now: it is not shown again.',
  // How it goes
  'adminWebhooks.all': 'All events',
  'adminWebhooks.working': 'Working',
  'adminWebhooks.failing': 'Failing',
  'adminWebhooks.paused': 'Paused',
  'adminWebhooks.pausedAsked': 'Paused by an admin. Events are kept for it meanwhile.',
  'adminWebhooks.pausedFailing': 'Paused, because its receiver failed for too long. Events are kept for it meanwhile.',
  'adminWebhooks.pausedGone': 'Paused, because its receiver says that it is gone. Events are kept for it meanwhile.',
  'adminWebhooks.upToDate': 'Up to date.',
  'adminWebhooks.behind': { one: '{count} event behind.', other: '{count} events behind.' },
  'adminWebhooks.lastSent': 'Last sent {when}.',
  'adminWebhooks.failedTimes': { one: 'Failed once.', other: 'Failed {count} times.' },
  'adminWebhooks.failedSince': { one: 'Failed once since {when}.', other: 'Failed {count} times since {when}.' },
  'adminWebhooks.nextTry': 'Next try {when}.',
  // What can be done
  'adminWebhooks.of': '{action}: {url}',
  'adminWebhooks.tries': 'Last tries',
  'adminWebhooks.triesNone': 'Nothing was sent yet.',
  'adminWebhooks.try': '{when}: {number} {type}, try {attempt}: {answer}',
  'adminWebhooks.tryStatus': '{when}: {number} {type}, try {attempt}: {status} {answer}',
  'adminWebhooks.replay': 'Send the last hundred events again',
  'adminWebhooks.pause': 'Pause',
  'adminWebhooks.goOn': 'Go on',
  'adminWebhooks.tryNow': 'Try now',
  'adminWebhooks.deleteTitle': 'Delete this webhook?',
  'adminWebhooks.deleteText':
    'Nothing is sent to {url} any more. Events that it has not accepted yet are not delivered.',
  'field.types': 'Under “Only these types” name types such as room.started, or areas such as recording.*',
} as const;
