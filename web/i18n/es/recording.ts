/** Recording: consent, and markers; in Spanish. */
import type { englishRecording } from '../english-recording.ts';
import type { Message } from '../sentence.ts';

/** Part of the Spanish catalogue. */
export const recording = {
  'recording.stopTitle': '¿Detener la grabación?',
  'recording.stopOwn':
    'Duración grabada hasta ahora: {length}. Lo grabado se conserva y se convierte en un video. Lo encontrará en la página de inicio, en «Sus grabaciones».',
  'recording.stopOwned':
    'Duración grabada hasta ahora: {length}. Lo grabado se conserva y se convierte en un video. Quien creó esta sala con su cuenta lo encontrará en la página de inicio, en «Sus grabaciones»; también lo tienen los administradores de este servidor.',
  'recording.stopAdmins':
    'Duración grabada hasta ahora: {length}. Lo grabado se conserva y se convierte en un video. Los administradores de este servidor pueden descargarlo y compartirlo.',
  'recording.stopNot': 'Todavía no',
  'consent.title': 'Es posible que esta sala se grabe: ¿permite que se guarden su imagen y su voz?',
  'consent.titleNow': 'Esta sala se está grabando: ¿permite que se guarden su imagen y su voz?',
  'consent.accept': 'Sí, permitir',
  'consent.refuse': 'No, excluirme',
  'consent.hint':
    'Puede participar en ambos casos. Si se excluye, en la grabación y para los espectadores aparece un sustituto de su imagen y no se le oye; las personas de la sala sí le oyen.',
  'consent.missing': 'Elija antes una de las dos opciones: puede participar en ambos casos.',
  'consent.withheld': 'No se le graba',
  'consent.change': 'No se le graba. Cambiar…',
  'marker.button': 'Marcador',
  'marker.title': 'Marcar este momento',
  'marker.label': 'Nombre del momento',
  'marker.default': 'Marcador',
  'marker.hint': 'Será un capítulo de la grabación; los espectadores también lo ven.',
  'marker.set': 'Guardar marcador',
  'marker.failed': 'No se guardó el marcador',
  'marker.done': 'Marcado: {label}',
} as const satisfies Record<keyof typeof englishRecording, Message>;
