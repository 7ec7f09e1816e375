/** The sentences of renderings: a recording once more, otherwise than it was, in Spanish. */
import type { englishAdminRenders } from '../english-admin-renders.ts';
import type { Message } from '../sentence.ts';

/** Part of the Spanish catalogue of the admin page. */
export const adminRenders = {
  'renders.title': 'Otras versiones',
  'renders.hint': 'A partir de las pistas de cada persona: otro diseño, una parte, sin alguien o solo el sonido.',
  'renders.unlisted': 'No se pueden listar las versiones',
  'renders.waiting': 'En espera',
  'renders.ready': 'Lista',
  'renders.failed': 'Fallida',
  'renders.noReason': 'El servidor no indicó la causa.',
  'renders.underWay': 'Creando {what}',
  'renders.downloadName': 'Descargar {what}',
  'renders.deleteName': 'Eliminar {what}',
  // What it is of
  'renders.recorded': 'Como se grabó',
  'renders.other': 'Versión',
  'renders.range': 'De {from} a {to}',
  'renders.without': { one: 'Sin una persona', many: 'Sin {count} de personas', other: 'Sin {count} personas' },
  // To order one
  'renders.new': 'Nueva versión',
  'renders.format': 'Formato',
  'renders.mp4': 'MP4, video',
  'renders.webm': 'WebM, video',
  'renders.mp3': 'MP3, solo sonido',
  'renders.wav': 'WAV, solo sonido',
  'renders.from': 'Desde',
  'renders.to': 'Hasta',
  'renders.here': 'Aquí',
  'renders.hereHint': 'Usar el punto en que está el video',
  'renders.hereFrom': 'Aquí: empezar donde está el video',
  'renders.hereTo': 'Aquí: terminar donde está el video',
  'renders.asRecorded': 'Con el diseño que tenía al grabarse',
  'renders.leaveOut': 'Excluir',
  'renders.render': 'Crear',
  'renders.badTime': 'Escriba los tiempos en minutos y segundos, por ejemplo {example}.',
  'renders.badOrder': 'El final debe ser posterior al inicio.',
  'renders.badLength': 'La grabación dura {length}.',
} as const satisfies Record<keyof typeof englishAdminRenders, Message>;
