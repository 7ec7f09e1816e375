/** The sentences of the recordings of rooms that somebody with an account has made. */

/** Part of the English catalogue. */
export const englishOwnRecordings = {
  'ownRecordings.title': 'Your recordings',
  'ownRecordings.loading': 'Loading your recordings…',
  'ownRecordings.none':
    'Nothing has been recorded yet. Recordings of rooms that you created are listed here, even after the room is gone.',
  'ownRecordings.failed': 'Your recordings could not be loaded',
  'ownRecordings.again': 'Try again',
  'ownRecordings.more': 'Show more',
  'ownRecordings.recording': 'Recording',
  'ownRecordings.paused': 'Paused',
  'ownRecordings.archiving': 'Film is being made: {percent} %',
  'ownRecordings.noFilm': 'No film',
  'ownRecordings.noFilmHelp': 'What was recorded is kept. An admin can have the film made again.',
  'ownRecordings.play': 'Play',
  'ownRecordings.playName': 'Play “{title}”',
  'ownRecordings.closeFilm': 'Close the player',
  'ownRecordings.notPlayed': 'It does not play at the moment. A finished film can be downloaded.',
  'ownRecordings.download': 'Download',
  'ownRecordings.downloadName': 'Download “{title}”',
  'ownRecordings.share': 'Share',
  'ownRecordings.shareName': 'Share “{title}”',
  'ownRecordings.wrong': 'That did not work',
  'ownRecordings.linkHint':
    'Anybody with the link sees the film with its chapters, and nothing else, for a week or until you take it back.',
  'ownRecordings.linkMake': 'Make a link',
  'ownRecordings.linkNew': 'Link to the film',
  'ownRecordings.linkNewHint': 'It is shown only once. Valid until {when}.',
  'ownRecordings.linkUntil': 'A link until {when}',
  'ownRecordings.linkEnded': 'A link that ended {when}',
  'ownRecordings.linkBack': 'Take back',
  'ownRecordings.linkBackName': 'Take back the link until {when}',
} as const;
