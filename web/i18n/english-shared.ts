/** The sentences of recordings that viewers see. */

/** Part of the English catalogue. */
export const englishShared = {
  'film.loading': 'Loading the film…',
  'film.noChapters': 'There are no chapters.',
  'film.chaptersLater': 'Chapters are shown here once the recording is archived.',
  'shared.recorded': 'Recorded {date}',
  'shared.length': '{length} long',
  'shared.download': 'Download',
  'shared.moment': 'Copy link to this moment',
  'shared.momentLink': 'Link to this moment',
  'shared.until': 'This link is valid until {date}.',
  'shared.opening': 'Opening the recording…',
  'shared.gone': 'This link has ended',
  'shared.goneDetail': 'It has expired or was taken back. Ask whoever sent it for a new one.',
  'shared.unknown': 'This link leads nowhere',
  'shared.unknownDetail': 'It is not complete, or it was taken back. Copy all of it, or ask for a new one.',
  'shared.away': 'The recording could not be loaded',
  'shared.retry': 'Try again',
  'shared.broken': 'The film cannot be played here; download it instead.',
} as const;
