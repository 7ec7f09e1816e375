/** The links that a host makes and takes back, in Spanish. */
import type { englishInvites } from '../english-invites.ts';
import type { Message } from '../sentence.ts';

/** Part of the Spanish catalogue. */
export const invites = {
  'invites.title': 'Enlaces que se pueden anular',
  'invites.count': {
    one: '{count} enlace activo',
    many: '{count} de enlaces activos',
    other: '{count} enlaces activos',
  },
  'invites.hint':
    'Para un grupo y un rol concretos, durante el tiempo que indique. Si anula uno, quien entró con él sale de la sala.',
  // A new one
  'invites.label': 'Para quién',
  'invites.labelHint': 'Solo lo ven los anfitriones.',
  'invites.role': 'Entran como',
  'invites.participant': 'Participantes',
  'invites.viewer': 'Espectadores',
  'invites.host': 'Anfitriones',
  'invites.term': 'Validez',
  'invites.hours': { one: '{count} hora', many: '{count} de horas', other: '{count} horas' },
  'invites.days': { one: '{count} día', many: '{count} de días', other: '{count} días' },
  'invites.termHint': 'Nunca más que su propio enlace.',
  'invites.uses': 'Para cuántas personas',
  'invites.usesHint': 'Vacío: sin límite.',
  'invites.usesWrong': 'Un número entero del 1 al {most}.',
  'invites.make': 'Crear enlace',
  'invites.made': 'Enlace nuevo',
  'invites.madeHint': 'Caduca: {when}.',
  // Those of a room, where that is not in it
  'links.joinHint':
    'Quien lo tenga puede unirse con cámara y micrófono. Puede anularlo dentro de la sala, en «Invitar». Caduca: {when}.',
  'links.watchHint':
    'Para cualquier número de espectadores; no se les ve ni se les oye. Puede anularlo dentro de la sala, en «Invitar». Caduca: {when}.',
  'links.phone': 'Código para teléfonos',
  // Those there are
  'invites.loading': 'Cargando los enlaces…',
  'invites.none': 'Todavía no hay enlaces',
  'invites.noneHint': 'Los que cree aparecerán aquí, con cuántas personas los han usado, hasta que caduquen.',
  'invites.noLabel': 'Sin nombre',
  'invites.quick': 'Enlace rápido',
  'invites.until': 'Caduca: {when}',
  'invites.nobody': 'Nadie lo ha usado todavía',
  'invites.came': {
    one: 'Lo ha usado {count} persona',
    many: 'Lo han usado {count} de personas',
    other: 'Lo han usado {count} personas',
  },
  'invites.cameOf': 'Usado por {used} de {most}',
  'invites.usedUp': 'Agotado',
  'invites.copy': 'Copiar',
  'invites.copyName': 'Copiar el enlace «{label}»',
  'invites.byHand': 'Seleccione y copie',
  'invites.revoke': 'Anular',
  'invites.revokeName': 'Anular el enlace «{label}»',
  'invites.revokeTitle': '¿Anular el enlace «{label}»?',
  'invites.revokeText': 'Quien entró con él sale de inmediato y nadie más podrá usarlo. Los demás se quedan.',
  'invites.revokeOwn':
    'Es el enlace con el que usted entró: saldrá de inmediato, igual que todos los que entraron con él.',
  'invites.revoked': 'El enlace «{label}» ya no es válido',
  'invites.keep': 'Conservar',
  'invites.failed': 'No se pudo completar la acción',
  'invites.again': 'Reintentar',
} as const satisfies Record<keyof typeof englishInvites, Message>;
