/** The sentences of renderings: a recording once more, otherwise than it was. */

/** Part of the English catalogue of the admin page. */
export const englishAdminRenders = {
  'renders.title': 'Render again',
  'renders.hint': 'From everybody’s own tracks: another layout, a part, without somebody, or the sound alone.',
  'renders.unlisted': 'The renderings cannot be listed',
  'renders.waiting': 'Waiting',
  'renders.ready': 'Ready',
  'renders.failed': 'Failed',
  'renders.noReason': 'The server gave no reason.',
  'renders.underWay': 'Rendering {what}',
  'renders.downloadName': 'Download {what}',
  'renders.deleteName': 'Delete {what}',
  // What it is of
  'renders.recorded': 'As recorded',
  'renders.other': 'Rendering',
  'renders.range': '{from} to {to}',
  'renders.without': { one: 'Without one person', other: 'Without {count} people' },
  // To order one
  'renders.new': 'New rendering',
  'renders.format': 'Format',
  'renders.mp4': 'MP4, film',
  'renders.webm': 'WebM, film',
  'renders.mp3': 'MP3, sound alone',
  'renders.wav': 'WAV, sound alone',
  'renders.from': 'From',
  'renders.to': 'To',
  'renders.here': 'Here',
  'renders.hereHint': 'Use the current position of the film',
  'renders.hereFrom': 'Here: begin at the current position',
  'renders.hereTo': 'Here: end at the current position',
  'renders.asRecorded': 'Arranged as it was when it was recorded',
  'renders.leaveOut': 'Leave out',
  'renders.render': 'Render',
  'renders.badTime': 'Write times as minutes and seconds, for example {example}.',
  'renders.badOrder': 'It must end later than it begins.',
  'renders.badLength': 'The recording is {length} long.',
} as const;
