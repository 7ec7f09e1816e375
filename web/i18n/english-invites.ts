/** The sentences of the links that a host makes and takes back. */

/** Part of the English catalogue. */
export const englishInvites = {
  'invites.title': 'Links that can be taken back',
  'invites.count': { one: '{count} valid link', other: '{count} valid links' },
  'invites.hint':
    'Each for one group and one role, for as long as you choose. Take one back, and everybody who joined with it is out.',
  // A new one
  'invites.label': 'For whom',
  'invites.labelHint': 'Only hosts see this.',
  'invites.role': 'They come as',
  'invites.participant': 'Participants',
  'invites.viewer': 'Viewers',
  'invites.host': 'Hosts',
  'invites.term': 'Valid for',
  'invites.hours': { one: '{count} hour', other: '{count} hours' },
  'invites.days': { one: '{count} day', other: '{count} days' },
  'invites.termHint': 'Never longer than your own link.',
  'invites.uses': 'For how many people',
  'invites.usesHint': 'Empty: no limit.',
  'invites.usesWrong': 'A whole number from 1 to {most}.',
  'invites.make': 'Make a link',
  'invites.made': 'The new link',
  'invites.madeHint': 'Valid until {when}.',
  // Those of a room, where that is not in it
  'links.joinHint':
    'Anybody with it can join with camera and microphone. It is valid until {when}, and can be taken back in the room, under Invite.',
  'links.watchHint':
    'For any number of viewers; they are not seen or heard. It is valid until {when}, and can be taken back in the room, under Invite.',
  'links.phone': 'Code for phones',
  // Those there are
  'invites.loading': 'Loading the links…',
  'invites.none': 'No links yet',
  'invites.noneHint': 'Links that you make are listed here until they expire, with the number of people who used them.',
  'invites.noLabel': 'Without a name',
  'invites.quick': 'Quick link',
  'invites.until': 'Until {when}',
  'invites.nobody': 'Nobody has used it yet',
  'invites.came': { one: '{count} person has used it', other: '{count} people have used it' },
  'invites.cameOf': '{used} of {most} have used it',
  'invites.usedUp': 'Used up',
  'invites.copy': 'Copy',
  'invites.copyName': 'Copy the link “{label}”',
  'invites.byHand': 'Select and copy',
  'invites.revoke': 'Take back',
  'invites.revokeName': 'Take back the link “{label}”',
  'invites.revokeTitle': 'Take back the link “{label}”?',
  'invites.revokeText':
    'Everybody who joined with it is out at once, and nobody can join with it any more. Everybody else stays.',
  'invites.revokeOwn': 'You joined with this link yourself: you are out at once, and so is everybody else who used it.',
  'invites.revoked': 'The link “{label}” is no longer valid',
  'invites.keep': 'Keep it',
  'invites.failed': 'That did not work',
  'invites.again': 'Try again',
} as const;
