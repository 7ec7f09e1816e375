/** The sentences of the files and the share links of a recording on the admin page. */

/** Part of the English catalogue of the admin page. */
export const englishAdminFiles = {
  // Files
  'adminFiles.title': 'Files',
  'adminFiles.count': { one: '{count} file, {size}', other: '{count} files, {size}' },
  'adminFiles.loading': 'Loading the list of files…',
  'adminFiles.pieces': {
    one: 'Besides these, one piece of the stream, which players ask for by themselves.',
    other: 'Besides these, {count} pieces of the stream, which players ask for by themselves.',
  },
  'adminFiles.about': '{name} · {size}',
  'adminFiles.sum': 'SHA-256 {sum}',
  'adminFiles.copySum': 'SHA-256 {sum} of {name}: copy all of it',
  'adminFiles.copied': 'Copied',
  'adminFiles.sumCopied': 'Checksum copied',
  'adminFiles.copyFailed': 'This browser does not let pages copy. The SHA-256 of {name} is {sum}.',
  'adminFiles.downloadName': 'Download {name}',
  // Kinds, by what the server calls them
  'fileKind.film': 'Film',
  'fileKind.track': 'Track',
  'fileKind.shared': 'Shared file',
  'fileKind.timeline': 'Timeline',
  'fileKind.captions': 'Captions',
  'fileKind.table': 'Table',
  'fileKind.poster': 'Poster',
  'fileKind.sprite': 'Seek pictures',
  'fileKind.waveform': 'Waveform',
  'fileKind.vod': 'Streaming',
  // Titles that every archive has
  'fileTitle.timeline': 'Timeline',
  'fileTitle.speakers': 'Who speaks',
  'fileTitle.chat': 'Chat',
  'fileTitle.attendance': 'Attendance',
  'fileTitle.poster': 'Poster',
  'fileTitle.sprites': 'Pictures of the seek bar',
  'fileTitle.sprite_places': 'Places of the pictures of the seek bar',
  'fileTitle.waveform': 'Loudness',
  'fileTitle.playlist': 'HLS playlist',
  // Share links
  'adminShares.title': 'Share',
  'adminShares.intro':
    'Anybody with the link sees the film with its chapters, and nothing else, until it expires or is taken back.',
  'adminShares.term': 'Valid for',
  'adminShares.hour': 'An hour',
  'adminShares.day': 'A day',
  'adminShares.week': 'A week',
  'adminShares.month': '30 days',
  'adminShares.make': 'Make a link',
  'adminShares.watchPage': 'Show it at the end of the watch page, too',
  'adminShares.moment': 'Begin at {time}, where the player is',
  'adminShares.new': 'The new link',
  'adminShares.link': 'Link until {when}',
  'adminShares.until': 'Until {when}',
  'adminShares.untilWatch': 'Until {when}, also at the end of the watch page',
  'adminShares.takeBack': 'Take back',
  'adminShares.takeBackName': 'Take back the link until {when}',
} as const;
