/** The sentences of the list of recordings on the admin page. */

/** Part of the English catalogue of the admin page. */
export const englishAdminRecordings = {
  'adminRecordings.loading': 'Loading recordings…',
  'adminRecordings.failedAgain': 'It is requested again every few seconds.',
  'adminRecordings.ask': 'Refresh now',
  'adminRecordings.more': 'Show more',
  'adminRecordings.moreLoading': 'Loading…',
  'adminRecordings.noMatch': 'No recording matches',
  'adminRecordings.noMatchHint': 'Search for fewer words, or take a filter away.',
  'adminRecordings.all': 'Show all recordings',
  'adminRecordings.none': 'Nothing recorded yet',
  'adminRecordings.noneHint':
    'Press “Record” on a live room, and the recording appears here. It becomes one film, with chapters and everybody’s own tracks, when it is stopped.',
  'adminRecordings.rooms': 'Show the rooms',
  // Filters
  'adminRecordings.search': 'Search',
  'adminRecordings.searchHint': 'Title, room or person',
  'adminRecordings.room': 'Room',
  'adminRecordings.allRooms': 'All rooms',
  'adminRecordings.state': 'State',
  'adminRecordings.allStates': 'All states',
  'adminRecordings.since': 'From',
  'adminRecordings.until': 'Until',
  'adminRecordings.clear': 'Clear',
  // States
  'recordingState.recording': 'Recording',
  'recordingState.paused': 'Paused',
  'recordingState.archiving': 'Archiving',
  'recordingState.archivingPercent': 'Archiving {percent} %',
  'recordingState.ready': 'Ready',
  'recordingState.failed': 'Failed',
  'recordingState.recovered': 'Recovered',
  'recordingState.uploading': 'Uploading',
  // One recording
  'adminRecordings.archiving': 'Archiving {title}',
  'adminRecordings.people': { one: '{names} and {count} more', other: '{names} and {count} more' },
  'adminRecordings.stop': 'Stop',
  'adminRecordings.stopName': 'Stop recording {title}',
  'adminRecordings.downloadName': 'Download {title}',
  'adminRecordings.deleteName': 'Delete recording {title}',
  'adminRecordings.trouble': 'Not everything can be stored at the moment',
  'adminRecordings.failed': 'The archive was not finished',
  'adminRecordings.noReason': 'The server gave no reason; its log has more.',
  'adminRecordings.kept': 'What was recorded is kept.',
  'adminRecordings.deleteTitle': 'Delete “{title}”?',
  'adminRecordings.deleteAll':
    'The recording of {date}, {length} long, is gone for good, with all of its files, renderings and share links.',
  'adminRecordings.deleteAllSize':
    'The recording of {date}, {length} long and {size} large, is gone for good, with all of its files, renderings and share links.',
  'adminRecordings.clipsStay': {
    one: '{count} clip of it stays with its room.',
    other: '{count} clips of it stay with their room.',
  },
  'adminRecordings.deleteDo': 'Delete recording',
  'adminRecordings.deleted': '“{title}” is deleted.',
  // The trash
  'adminTrash.title': 'Deleted recordings',
  'adminTrash.loading': 'Loading the deleted recordings…',
  'adminTrash.none': 'Nothing is in the trash',
  'adminTrash.noneHint': {
    one: 'A deleted recording can be restored from here for {count} day.',
    other: 'A deleted recording can be restored from here for {count} days.',
  },
  'adminTrash.off': 'Recordings that are deleted are gone at once: the settings keep no trash.',
  'adminTrash.intro':
    'They can be restored until they are deleted for good. Until then they take up space; when too little is left, the one that was deleted first goes earlier.',
  'adminTrash.until': 'Deleted {deleted}, gone for good {until}',
  'adminTrash.restore': 'Restore',
  'adminTrash.restoreName': 'Restore “{title}”',
  'adminTrash.forGood': 'Delete for good',
  'adminTrash.forGoodName': 'Delete for good: “{title}”',
  'adminTrash.forGoodTitle': 'Delete “{title}” for good?',
  'adminTrash.restored': '“{title}” is restored.',
  'adminTrash.gone': '“{title}” is deleted for good.',
  'adminTrash.deleteText': {
    one: 'The recording of {date}, {length} long, goes to the deleted recordings, where it can be restored for {count} day. Until then nobody sees it, not even by a share link, and it takes up space.',
    other:
      'The recording of {date}, {length} long, goes to the deleted recordings, where it can be restored for {count} days. Until then nobody sees it, not even by a share link, and it takes up space.',
  },
} as const;
