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
  'adminRecordings.deleteAll':
    'La grabación del {date} (duración: {length}) se elimina para siempre, con todos sus archivos, versiones y enlaces compartidos.',
  'adminRecordings.deleteAllSize':
    'La grabación del {date} (duración: {length}; {size}) se elimina para siempre, con todos sus archivos, versiones y enlaces compartidos.',
  'adminRecordings.clipsStay': {
    one: '{count} clip de ella permanece en su sala.',
    many: '{count} de clips de ella permanecen en su sala.',
    other: '{count} clips de ella permanecen en su sala.',
  },
  'adminRecordings.deleteDo': 'Eliminar grabación',
  'adminRecordings.deleted': '«{title}» se ha eliminado.',
  // The trash
  'adminTrash.title': 'Grabaciones eliminadas',
  'adminTrash.loading': 'Cargando las grabaciones eliminadas…',
  'adminTrash.none': 'La papelera está vacía',
  'adminTrash.noneHint': {
    one: 'Una grabación eliminada se puede restaurar desde aquí durante {count} día.',
    many: 'Una grabación eliminada se puede restaurar desde aquí durante {count} de días.',
    other: 'Una grabación eliminada se puede restaurar desde aquí durante {count} días.',
  },
  'adminTrash.off': 'Las grabaciones se eliminan de inmediato: la configuración no prevé papelera.',
  'adminTrash.intro':
    'Se pueden restaurar hasta que se eliminan para siempre. Mientras tanto ocupan espacio; si falta, la que se eliminó primero desaparece antes.',
  'adminTrash.until': 'Eliminada: {deleted}; desaparece para siempre: {until}',
  'adminTrash.restore': 'Restaurar',
  'adminTrash.restoreName': 'Restaurar «{title}»',
  'adminTrash.forGood': 'Eliminar para siempre',
  'adminTrash.forGoodName': 'Eliminar para siempre: «{title}»',
  'adminTrash.forGoodTitle': '¿Eliminar «{title}» para siempre?',
  'adminTrash.restored': '«{title}» se ha restaurado.',
  'adminTrash.gone': '«{title}» se ha eliminado para siempre.',
  'adminTrash.deleteText': {
    one: 'La grabación del {date} (duración: {length}) pasa a las grabaciones eliminadas, donde se puede restaurar durante {count} día. Mientras tanto nadie la ve, ni siquiera con un enlace, y ocupa espacio.',
    many: 'La grabación del {date} (duración: {length}) pasa a las grabaciones eliminadas, donde se puede restaurar durante {count} de días. Mientras tanto nadie la ve, ni siquiera con un enlace, y ocupa espacio.',
    other:
      'La grabación del {date} (duración: {length}) pasa a las grabaciones eliminadas, donde se puede restaurar durante {count} días. Mientras tanto nadie la ve, ni siquiera con un enlace, y ocupa espacio.',
  },
} as const satisfies Record<keyof typeof englishAdminRecordings, Message>;
