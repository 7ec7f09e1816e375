/** The sentences of the rooms that somebody with an account has made. */

/** Part of the English catalogue. */
export const englishOwnRooms = {
  'ownRooms.title': 'Your rooms',
  'ownRooms.loading': 'Loading your rooms…',
  'ownRooms.none': 'You have not created a room yet. The next one that you start is listed here.',
  'ownRooms.live': 'Live',
  'ownRooms.people': { one: '{count} person in it', other: '{count} people in it' },
  'ownRooms.made': 'Created {when}',
  'ownRooms.enter': 'Enter',
  'ownRooms.enterName': 'Enter “{title}” as host',
  'ownRooms.more': 'Show more',
  'ownRooms.failed': 'Your rooms could not be loaded',
  'ownRooms.again': 'Try again',
} as const;
