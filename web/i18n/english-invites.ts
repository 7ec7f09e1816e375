/** The sentences of the links that a host makes and takes back. */

/** Part of the English catalogue. */
export const englishInvites = {
  'invites.title': 'Links that can be taken back',
  'invites.count': { one: '{count} link holds', other: '{count} links hold' },
  'invites.hint': 'For one group, for one role, for as long as you say. Take one back, and whoever came by it is out.',
  // A new one
  'invites.label': 'For whom',
  'invites.labelHint': 'Only hosts see this.',
  'invites.role': 'They come as',
  'invites.participant': 'Participants',
  'invites.viewer': 'Viewers',
  'invites.host': 'Hosts',
  'invites.term': 'It holds for',
  'invites.hours': { one: '{count} hour', other: '{count} hours' },
  'invites.days': { one: '{count} day', other: '{count} days' },
  'invites.termHint': 'Never longer than your own link.',
  'invites.uses': 'For how many people',
  'invites.usesHint': 'Empty: as many as like.',
  'invites.usesWrong': 'A whole number from 1 to {most}.',
  'invites.make': 'Make a link',
  'invites.made': 'The new link',
  'invites.madeHint': 'It holds until {when}.',
  // Those of a room, where that is not in it
  'links.joinHint':
    'Whoever has it can join with camera and microphone. It holds until {when}, and can be taken back in the room, under Invite.',
  'links.watchHint':
    'For any number of viewers; they are not seen or heard. It holds until {when}, and can be taken back in the room, under Invite.',
  'links.phone': 'Code for phones',
  // Those there are
  'invites.loading': 'Asking for the links…',
  'invites.none': 'No links yet',
  'invites.noneHint': 'What you make here is listed with how many have come by it, until it ends.',
  'invites.noLabel': 'Without a name',
  'invites.quick': 'Quick link',
  'invites.until': 'Until {when}',
  'invites.nobody': 'Nobody has come yet',
  'invites.came': { one: '{count} person has come', other: '{count} people have come' },
  'invites.cameOf': '{used} of {most} have come',
  'invites.usedUp': 'Used up',
  'invites.copy': 'Copy',
  'invites.copyName': 'Copy the link “{label}”',
  'invites.byHand': 'Select and copy',
  'invites.revoke': 'Take back',
  'invites.revokeName': 'Take back the link “{label}”',
  'invites.revokeTitle': 'Take back the link “{label}”?',
  'invites.revokeText': 'Whoever came by it is out at once, and nobody comes in by it any more. Everybody else stays.',
  'invites.revokeOwn':
    'It is the link that you came by yourself: you are out at once, and so is everybody else who came by it.',
  'invites.revoked': 'The link “{label}” holds no more',
  'invites.keep': 'Keep it',
  'invites.failed': 'That did not work',
  'invites.again': 'Try again',
} as const;
