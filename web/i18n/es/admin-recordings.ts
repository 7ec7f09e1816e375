/** The sentences of the list of recordings on the admin page, in Spanish. */
import type { englishAdminRecordings } from '../english-admin-recordings.ts';
import type { Message } from '../sentence.ts';

/** Part of the Spanish catalogue of the admin page. */
export const adminRecordings = {
  'adminRecordings.loading': 'Cargando las grabaciones…',
  'adminRecordings.failedAgain': 'Se vuelve a consultar cada pocos segundos.',
  'adminRecordings.ask': 'Consultar ahora',
  'adminRecordings.more': 'Mostrar más',
  'adminRecordings.moreLoading': 'Cargando…',
  'adminRecordings.noMatch': 'Ninguna grabación coincide',
  'adminRecordings.noMatchHint': 'Busque menos palabras o quite un filtro.',
  'adminRecordings.all': 'Mostrar todas las grabaciones',
  'adminRecordings.none': 'Todavía no hay nada grabado',
  'adminRecordings.noneHint':
    'Pulse «Grabar» en una sala en vivo y la grabación aparecerá aquí. Al detenerla se convierte en un video, con capítulos y las pistas de cada persona.',
  'adminRecordings.rooms': 'Mostrar las salas',
  // Filters
  'adminRecordings.search': 'Buscar',
  'adminRecordings.searchHint': 'Título, sala o persona',
  'adminRecordings.room': 'Sala',
  'adminRecordings.allRooms': 'Todas las salas',
  'adminRecordings.state': 'Estado',
  'adminRecordings.allStates': 'Todos los estados',
  'adminRecordings.since': 'Desde',
  'adminRecordings.until': 'Hasta',
  'adminRecordings.clear': 'Borrar filtros',
  // States
  'recordingState.recording': 'Grabando',
  'recordingState.paused': 'En pausa',
  'recordingState.archiving': 'Archivando',
  'recordingState.archivingPercent': 'Archivando: {percent} %',
  'recordingState.ready': 'Lista',
  'recordingState.failed': 'Fallida',
  'recordingState.recovered': 'Recuperada',
  'recordingState.uploading': 'Subiendo',
  // One recording
  'adminRecordings.archiving': 'Archivando {title}',
  'adminRecordings.people': {
    one: '{names} y {count} persona más',
    many: '{names} y {count} de personas más',
    other: '{names} y {count} personas más',
  },
  'adminRecordings.stop': 'Detener',
  'adminRecordings.stopName': 'Detener la grabación {title}',
  'adminRecordings.downloadName': 'Descargar {title}',
  'adminRecordings.deleteName': 'Eliminar la grabación {title}',
  'adminRecordings.trouble': 'Por ahora no se conserva todo',
  'adminRecordings.failed': 'No se terminó de archivar',
  'adminRecordings.noReason': 'El servidor no indicó la causa; su registro dice más.',
  'adminRecordings.kept': 'Lo grabado se conserva.',
  'adminRecordings.deleteTitle': '¿Eliminar «{title}»?',
  'adminRecordings.deleteText': 'La grabación del {date} (duración: {length}) se elimina para siempre.',
  'adminRecordings.deleteAll':
    'La grabación del {date} (duración: {length}) se elimina para siempre, con todos sus archivos, versiones y enlaces compartidos.',
  'adminRecordings.deleteAllSize':
    'La grabación del {date} (duración: {length}; {size}) se elimina para siempre, con todos sus archivos, versiones y enlaces compartidos.',
  'adminRecordings.deleteDo': 'Eliminar grabación',
} as const satisfies Record<keyof typeof englishAdminRecordings, Message>;
