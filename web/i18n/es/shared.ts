/** Recordings that viewers see, in Spanish. */
import type { englishShared } from '../english-shared.ts';
import type { Message } from '../sentence.ts';

/** Part of the Spanish catalogue. */
export const shared = {
  'film.loading': 'Cargando el video…',
  'film.noChapters': 'No hay capítulos.',
  'film.chaptersLater': 'Los capítulos aparecerán aquí cuando la grabación esté archivada.',
  'shared.recorded': 'Grabación del {date}',
  'shared.length': 'Duración: {length}',
  'shared.download': 'Descargar',
  'shared.moment': 'Copiar enlace a este momento',
  'shared.momentLink': 'Enlace a este momento',
  'shared.until': 'Este enlace es válido hasta el {date}.',
  'shared.opening': 'Abriendo la grabación…',
  'shared.gone': 'Este enlace ya no es válido',
  'shared.goneDetail': 'Ha caducado o se anuló. Pida uno nuevo a quien se lo envió.',
  'shared.unknown': 'Este enlace no lleva a ninguna parte',
  'shared.unknownDetail': 'Está incompleto o se anuló. Cópielo entero o pida uno nuevo.',
  'shared.away': 'No se pudo cargar la grabación',
  'shared.retry': 'Reintentar',
  'shared.broken': 'Aquí no se puede reproducir el video; descárguelo.',
} as const satisfies Record<keyof typeof englishShared, Message>;
