/** The sentences of adding somebody to a call, and of one that was over too early. */

/** Part of the English catalogue. */
export const englishCallAdd = {
  'callAdd.button': 'Add somebody',
  'callAdd.short': 'Add',
  'callAdd.title': 'Add somebody to this call',
  'callAdd.close': 'Close',
  'callAdd.here': 'In this call',
  'callAdd.link': 'Somebody else',
  'callAdd.linkHint': 'Send them a link: it needs no account.',
  'callAdd.linkButton': 'Invite by a link',
  'callAdd.ringing': 'It rings. They come into this room as soon as they answer.',
  'callAdd.dismiss': 'Dismiss',
  'callAdd.loading': 'Opening your contacts…',
  'callAdd.signedOut': 'You have signed out',
  'callAdd.signedOutHint': 'Sign in again to ring somebody. You stay in the call meanwhile.',
  'callAdd.lostHint': 'It is being tried again. The call itself goes on.',
  'contacts.gone': 'The call was over before you were in its room. Call again if there is more to say.',
} as const;
