/** The sentences of the rooms on the admin page. */

/** Part of the English catalogue of the admin page. */
export const englishAdminRooms = {
  'adminRooms.newTitle': 'Title of a new room',
  'adminRooms.create': 'Create',
  'adminRooms.search': 'Search rooms',
  'adminRooms.searchHint': 'Search titles and IDs',
  'adminRooms.loading': 'Loading rooms…',
  'adminRooms.noMatch': 'No room of this name',
  'adminRooms.noMatchHint': 'Search for other words of its title, or of its ID.',
  'adminRooms.none': 'No rooms yet',
  'adminRooms.noneHint': 'Create one above, then send its invite link to the people you want in the picture.',
  'adminRooms.more': 'Show more rooms',
  'adminRooms.deleteTitle': 'Delete “{title}”?',
  'adminRooms.deleteLive':
    'Everybody in it is disconnected and its links stop working. Its recordings stay, its clips go with it.',
  'adminRooms.deleteIdle': 'Its links stop working. Its recordings stay, its clips go with it.',
  'adminRooms.deleteDo': 'Delete room',
  // One room
  'adminRooms.deleteName': 'Delete room {title}',
  'adminRooms.picture': 'What “{title}” shows',
  'adminRooms.live': 'Live',
  'adminRooms.idle': 'Idle',
  'adminRooms.rec': 'REC {length}',
  'adminRooms.recPaused': 'REC paused {length}',
  'adminRooms.trouble': 'The recording has trouble',
  'adminRooms.join': 'Join',
  'adminRooms.links': 'Links',
  'adminRooms.id': 'ID {id}',
  'adminRooms.people': { one: '{count} person', other: '{count} people' },
  'adminRooms.watching': { one: '{count} watching', other: '{count} watching' },
  'adminRooms.tiles': { one: '{count} tile', other: '{count} tiles' },
  'adminRooms.pictures': {
    one: '{count} picture, {late} late, {skipped} left out',
    other: '{count} pictures, {late} late, {skipped} left out',
  },
  'adminRooms.record': 'Record',
  'adminRooms.recordHint': 'Record what is seen and heard',
  'adminRooms.recordLater': 'Nobody is in the room; recording starts when somebody is',
  'adminRooms.pauseName': 'Pause recording',
  'adminRooms.goOnName': 'Go on recording',
  'adminRooms.stopName': 'Stop recording',
  'adminRooms.marker': 'Name of a marker in {title}',
  // How its program goes
  'roomHealth.reduced': 'Reduced, step {step} of {steps}',
  'roomHealth.reducedDetail':
    'The machine is too slow for full quality. It recovers by itself when there is capacity again.',
  'roomHealth.late': 'Late pictures',
  'roomHealth.lateDetail': '{percent} % of the pictures were late or left out.',
  'roomHealth.well': 'All well',
  'roomHealth.wellDetail': 'Every picture is on time.',
  'roomHealth.restarted': { one: 'It was restarted once.', other: 'It was restarted {count} times.' },
} as const;
