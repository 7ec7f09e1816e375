/** The sentences of recordings that viewers see, in German. */
import type { englishShared } from '../english-shared.ts';
import type { Message } from '../sentence.ts';

/** Part of the German catalogue. */
export const shared = {
  'film.loading': 'Video wird geladen…',
  'film.noChapters': 'Es gibt keine Kapitel.',
  'film.chaptersLater': 'Kapitel stehen hier, sobald die Aufzeichnung archiviert ist.',
  'shared.recorded': 'Aufgezeichnet am {date}',
  'shared.length': 'Dauer {length}',
  'shared.download': 'Herunterladen',
  'shared.moment': 'Link zu dieser Stelle kopieren',
  'shared.momentLink': 'Link zu dieser Stelle',
  'shared.until': 'Dieser Link gilt bis {date}.',
  'shared.opening': 'Aufzeichnung wird geöffnet…',
  'shared.gone': 'Dieser Link gilt nicht mehr',
  'shared.goneDetail': 'Er ist abgelaufen oder wurde widerrufen. Lassen Sie sich einen neuen schicken.',
  'shared.unknown': 'Dieser Link führt ins Leere',
  'shared.unknownDetail':
    'Er ist unvollständig oder wurde widerrufen. Kopieren Sie ihn ganz, oder lassen Sie sich einen neuen schicken.',
  'shared.away': 'Die Aufzeichnung lässt sich nicht laden',
  'shared.retry': 'Erneut versuchen',
  'shared.broken': 'Das Video lässt sich hier nicht abspielen; laden Sie es stattdessen herunter.',
} as const satisfies Record<keyof typeof englishShared, Message>;
