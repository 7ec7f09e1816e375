/** The sentences of the files and the share links of a recording on the admin page, in German. */
import type { englishAdminFiles } from '../english-admin-files.ts';
import type { Message } from '../sentence.ts';

/** Part of the German catalogue of the admin page. */
export const adminFiles = {
  // Files
  'adminFiles.title': 'Dateien',
  'adminFiles.count': { one: '{count} Datei, {size}', other: '{count} Dateien, {size}' },
  'adminFiles.loading': 'Dateien werden geladen…',
  'adminFiles.pieces': {
    one: 'Außerdem {count} Stück des Streams, das Player automatisch abrufen.',
    other: 'Außerdem {count} Stücke des Streams, die Player automatisch abrufen.',
  },
  'adminFiles.about': '{name} · {size}',
  'adminFiles.sum': 'SHA-256 {sum}',
  'adminFiles.copySum': 'SHA-256 {sum} von {name}: ganz kopieren',
  'adminFiles.copied': 'Kopiert',
  'adminFiles.sumCopied': 'Prüfsumme kopiert',
  'adminFiles.copyFailed': 'Dieser Browser lässt Seiten nicht kopieren. Die SHA-256 von {name} ist {sum}.',
  'adminFiles.downloadName': '{name} herunterladen',
  // Kinds, by what the server calls them
  'fileKind.film': 'Video',
  'fileKind.track': 'Spur',
  'fileKind.shared': 'Geteilte Datei',
  'fileKind.timeline': 'Zeitleiste',
  'fileKind.captions': 'Untertitel',
  'fileKind.table': 'Tabelle',
  'fileKind.poster': 'Titelbild',
  'fileKind.sprite': 'Vorschaubilder',
  'fileKind.waveform': 'Wellenform',
  'fileKind.vod': 'Streaming',
  // Titles that every archive has
  'fileTitle.timeline': 'Zeitleiste',
  'fileTitle.speakers': 'Wer spricht',
  'fileTitle.chat': 'Chat',
  'fileTitle.attendance': 'Anwesenheit',
  'fileTitle.poster': 'Titelbild',
  'fileTitle.sprites': 'Vorschaubilder zum Spulen',
  'fileTitle.sprite_places': 'Positionen der Vorschaubilder',
  'fileTitle.waveform': 'Lautstärke',
  'fileTitle.playlist': 'HLS-Playlist',
  // Share links
  'adminShares.title': 'Teilen',
  'adminShares.intro':
    'Wer den Link hat, sieht das Video mit seinen Kapiteln und sonst nichts, bis der Link abläuft oder widerrufen wird.',
  'adminShares.term': 'Gültig für',
  'adminShares.hour': 'Eine Stunde',
  'adminShares.day': 'Einen Tag',
  'adminShares.week': 'Eine Woche',
  'adminShares.month': '30 Tage',
  'adminShares.make': 'Link erstellen',
  'adminShares.watchPage': 'Auch am Ende der Zuschauerseite zeigen',
  'adminShares.moment': 'Bei {time} beginnen, wo das Video gerade steht',
  'adminShares.new': 'Der neue Link',
  'adminShares.link': 'Link, gilt bis {when}',
  'adminShares.until': 'Bis {when}',
  'adminShares.untilWatch': 'Bis {when}, auch am Ende der Zuschauerseite',
  'adminShares.takeBack': 'Widerrufen',
  'adminShares.takeBackName': 'Link widerrufen, der bis {when} gilt',
} as const satisfies Record<keyof typeof englishAdminFiles, Message>;
