/** The sentences of the clips that hosts save, in Spanish. */
import type { englishClips } from '../english-clips.ts';
import type { Message } from '../sentence.ts';

/** Part of the Spanish catalogue. */
export const clips = {
  'clips.menu': 'Clips…',
  'clips.title': 'Clips',
  'clips.hint':
    'Un clip es un vídeo de lo que la sala acaba de mostrar. Solo contiene lo que se grabó, porque solo de eso se avisó a todos; y todos aquí leen que usted ha guardado uno.',
  'clips.off': 'Ahora no se está grabando nada. Inicie una grabación para guardar un clip de lo que venga.',
  'clips.length': 'Cuánto',
  'clips.lastSeconds': {
    one: 'Último segundo',
    many: 'Últimos {count} de segundos',
    other: 'Últimos {count} segundos',
  },
  'clips.lastMinutes': { one: 'Último minuto', many: 'Últimos {count} de minutos', other: 'Últimos {count} minutos' },
  'clips.name': 'Título',
  'clips.nameHint': 'Vacío: el título de la sala.',
  'clips.save': 'Guardar el clip',
  'clips.saving': 'Guardando el clip…',
  'clips.ready': 'El clip está listo',
  'clips.download': 'Descargar',
  'clips.downloadName': 'Descargar «{title}», {when}',
  'clips.copy': 'Copiar enlace',
  'clips.copyName': 'Copiar enlace: «{title}», {when}',
  'clips.copied': 'Enlace copiado. Quien lo tenga puede descargar el clip hasta {when}.',
  'clips.linkHint': 'Quien lo tenga puede descargar el clip hasta {when}.',
  'clips.list': 'Clips de esta sala',
  'clips.loading': 'Cargando los clips…',
  'clips.none': 'Todavía no hay clips',
  'clips.noneHint': 'Lo que guardan los anfitriones de esta sala aparece aquí hasta que uno de ellos lo elimina.',
  'clips.remove': 'Eliminar',
  'clips.removeName': 'Eliminar «{title}», {when}',
  'clips.removeTitle': '¿Eliminar el clip «{title}»?',
  'clips.removeText': 'Desaparece para siempre, y los enlaces a él dejan de funcionar.',
  'clips.removed': 'El clip «{title}» se ha eliminado.',
  'clips.failed': 'El clip no se guardó',
  'clips.toldSeconds': {
    one: '{name} ha guardado un clip del último segundo.',
    many: '{name} ha guardado un clip de los últimos {count} de segundos.',
    other: '{name} ha guardado un clip de los últimos {count} segundos.',
  },
  'clips.toldMinutes': {
    one: '{name} ha guardado un clip del último minuto.',
    many: '{name} ha guardado un clip de los últimos {count} de minutos.',
    other: '{name} ha guardado un clip de los últimos {count} minutos.',
  },
  'clips.told': '{name} ha guardado un clip de esta sesión.',
} as const satisfies Record<keyof typeof englishClips, Message>;
