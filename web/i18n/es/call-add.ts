/** Adding somebody to a call, and one that was over too early, in Spanish. */
import type { englishCallAdd } from '../english-call-add.ts';
import type { Message } from '../sentence.ts';

/** Part of the Spanish catalogue. */
export const callAdd = {
  'callAdd.button': 'Añadir a alguien',
  'callAdd.short': 'Añadir',
  'callAdd.title': 'Añadir a alguien a esta llamada',
  'callAdd.close': 'Cerrar',
  'callAdd.here': 'En esta llamada',
  'callAdd.link': 'Otra persona',
  'callAdd.linkHint': 'Envíele un enlace: no necesita cuenta.',
  'callAdd.linkButton': 'Invitar con un enlace',
  'callAdd.ringing': 'Está sonando. Entrará en esta sala en cuanto conteste.',
  'callAdd.dismiss': 'Descartar',
  'callAdd.loading': 'Abriendo sus contactos…',
  'callAdd.signedOut': 'Ha cerrado la sesión',
  'callAdd.signedOutHint': 'Vuelva a iniciar sesión para llamar a alguien. Mientras tanto, sigue en la llamada.',
  'callAdd.lostHint': 'Se está reintentando. La llamada continúa.',
  'contacts.gone':
    'La llamada terminó antes de que usted entrara en la sala. Si queda algo por decir, vuelva a llamar.',
} as const satisfies Record<keyof typeof englishCallAdd, Message>;
