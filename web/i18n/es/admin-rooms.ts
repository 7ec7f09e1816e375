/** The sentences of the rooms on the admin page, in Spanish. */
import type { englishAdminRooms } from '../english-admin-rooms.ts';
import type { Message } from '../sentence.ts';

/** Part of the Spanish catalogue of the admin page. */
export const adminRooms = {
  'adminRooms.newTitle': 'Título de una sala nueva',
  'adminRooms.create': 'Crear',
  'adminRooms.search': 'Buscar salas',
  'adminRooms.searchHint': 'Buscar por título o ID',
  'adminRooms.loading': 'Cargando las salas…',
  'adminRooms.noMatch': 'Ninguna sala con ese nombre',
  'adminRooms.noMatchHint': 'Busque otras palabras del título o del ID.',
  'adminRooms.none': 'Todavía no hay salas',
  'adminRooms.noneHint': 'Cree una arriba y envíe el enlace de invitación a quienes deban aparecer en la imagen.',
  'adminRooms.more': 'Mostrar más salas',
  'adminRooms.deleteTitle': '¿Eliminar «{title}»?',
  'adminRooms.deleteLive':
    'Se desconecta a todas las personas de la sala y sus enlaces dejan de funcionar. Las grabaciones se conservan; los clips se eliminan con ella.',
  'adminRooms.deleteIdle':
    'Sus enlaces dejan de funcionar. Las grabaciones se conservan; los clips se eliminan con ella.',
  'adminRooms.deleteDo': 'Eliminar sala',
  // One room
  'adminRooms.deleteName': 'Eliminar la sala {title}',
  'adminRooms.picture': 'Lo que muestra «{title}»',
  'adminRooms.live': 'En vivo',
  'adminRooms.idle': 'Inactiva',
  'adminRooms.rec': 'REC {length}',
  'adminRooms.recPaused': 'REC en pausa {length}',
  'adminRooms.trouble': 'La grabación tiene problemas',
  'adminRooms.join': 'Unirse',
  'adminRooms.links': 'Enlaces',
  'adminRooms.id': 'ID {id}',
  'adminRooms.people': { one: '{count} persona', many: '{count} de personas', other: '{count} personas' },
  'adminRooms.watching': { one: '{count} espectador', many: '{count} de espectadores', other: '{count} espectadores' },
  'adminRooms.tiles': { one: '{count} recuadro', many: '{count} de recuadros', other: '{count} recuadros' },
  'adminRooms.pictures': {
    one: '{count} imagen, con retraso: {late}, omitidas: {skipped}',
    many: '{count} de imágenes, con retraso: {late}, omitidas: {skipped}',
    other: '{count} imágenes, con retraso: {late}, omitidas: {skipped}',
  },
  'adminRooms.record': 'Grabar',
  'adminRooms.recordHint': 'Grabar lo que se ve y se oye',
  'adminRooms.recordLater': 'No hay nadie en la sala; se podrá grabar cuando haya alguien',
  'adminRooms.pauseName': 'Pausar la grabación',
  'adminRooms.goOnName': 'Reanudar la grabación',
  'adminRooms.stopName': 'Detener la grabación',
  'adminRooms.marker': 'Nombre de un marcador en {title}',
  // How its program goes
  'roomHealth.reduced': 'Reducida, nivel {step} de {steps}',
  'roomHealth.reducedDetail':
    'El equipo es demasiado lento para todo. Se recupera automáticamente cuando vuelve a haber margen.',
  'roomHealth.late': 'Imágenes con retraso',
  'roomHealth.lateDetail': 'El {percent} % de las imágenes llegó tarde o se omitió.',
  'roomHealth.well': 'Todo bien',
  'roomHealth.wellDetail': 'Todas las imágenes llegan a tiempo.',
  'roomHealth.restarted': {
    one: 'La imagen se reinició una vez.',
    many: 'La imagen se reinició {count} de veces.',
    other: 'La imagen se reinició {count} veces.',
  },
} as const satisfies Record<keyof typeof englishAdminRooms, Message>;
