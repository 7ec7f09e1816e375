/** The sentences of the recordings of rooms that somebody with an account has made, in Spanish. */
import type { englishOwnRecordings } from '../english-own-recordings.ts';
import type { Message } from '../sentence.ts';

/** Part of the Spanish catalogue. */
export const ownRecordings = {
  'ownRecordings.title': 'Sus grabaciones',
  'ownRecordings.loading': 'Cargando sus grabaciones…',
  'ownRecordings.none':
    'Todavía no hay nada grabado. Lo que se graba en una sala que usted creó queda aquí, aunque la sala ya no exista.',
  'ownRecordings.failed': 'No se pudieron cargar sus grabaciones',
  'ownRecordings.again': 'Reintentar',
  'ownRecordings.more': 'Mostrar más',
  'ownRecordings.recording': 'Grabando',
  'ownRecordings.paused': 'En pausa',
  'ownRecordings.archiving': 'Preparando el video: {percent} %',
  'ownRecordings.noFilm': 'Sin video',
  'ownRecordings.noFilmHelp': 'Lo grabado se conserva. Un administrador puede hacer que el video se prepare de nuevo.',
  'ownRecordings.play': 'Reproducir',
  'ownRecordings.playName': 'Reproducir «{title}»',
  'ownRecordings.closeFilm': 'Cerrar el reproductor',
  'ownRecordings.notPlayed': 'No se puede reproducir por ahora. Un video terminado se puede descargar.',
  'ownRecordings.download': 'Descargar',
  'ownRecordings.downloadName': 'Descargar «{title}»',
  'ownRecordings.share': 'Compartir',
  'ownRecordings.shareName': 'Compartir «{title}»',
  'ownRecordings.wrong': 'No se pudo completar la acción',
  'recordingTitle.edit': 'Cambiar el título de «{title}»',
  'recordingTitle.rename': 'Cambiar título',
  'recordingTitle.label': 'Título de la grabación',
  'recordingTitle.save': 'Guardar',
  'recordingTitle.cancel': 'Cancelar',
  'recordingTitle.empty': 'Ponga un título a la grabación.',
  'ownRecordings.linkHint':
    'Quien tiene el enlace ve el video con sus capítulos, y nada más, durante una semana o hasta que usted lo anule.',
  'ownRecordings.linkMake': 'Crear enlace',
  'ownRecordings.linkMoment': 'Empezar en {time}, donde dejó de verlo',
  'ownRecordings.linkNew': 'Enlace al video',
  'ownRecordings.linkNewHint': 'Se muestra solo esta vez. Caduca: {when}.',
  'ownRecordings.linkUntil': 'Enlace activo; caduca: {when}',
  'ownRecordings.linkEnded': 'Enlace caducado: {when}',
  'ownRecordings.linkBack': 'Anular',
  'ownRecordings.linkBackName': 'Anular el enlace (caduca: {when})',
} as const satisfies Record<keyof typeof englishOwnRecordings, Message>;
