/** The sentences of the webhooks on the admin page, in Spanish. */
import type { englishAdminWebhooks } from '../english-admin-webhooks.ts';
import type { Message } from '../sentence.ts';

/** Part of the Spanish catalogue of the admin page. */
export const adminWebhooks = {
  'adminWebhooks.title': 'Webhooks',
  'adminWebhooks.intro':
    'Cada evento se envía a estas direcciones, firmado y en orden, una y otra vez hasta que se acepta.',
  'adminWebhooks.loading': 'Cargando los webhooks…',
  'adminWebhooks.none': 'Todavía no se envía nada a nadie.',
  // A new one
  'adminWebhooks.address': 'Dirección',
  'adminWebhooks.types': 'Solo estos tipos',
  'adminWebhooks.add': 'Añadir',
  'adminWebhooks.secret': 'Secreto del nuevo webhook',
  'adminWebhooks.secretHint': 'Firma lo que se envía. Guárdelo ahora: no se vuelve a mostrar.',
  // How it goes
  'adminWebhooks.all': 'Todos los eventos',
  'adminWebhooks.working': 'Funciona',
  'adminWebhooks.failing': 'Con fallos',
  'adminWebhooks.paused': 'En pausa',
  'adminWebhooks.pausedAsked': 'En pausa por un administrador. Lo que ocurra mientras tanto se guarda.',
  'adminWebhooks.pausedFailing':
    'En pausa porque el receptor falló durante demasiado tiempo. Lo que ocurra mientras tanto se guarda.',
  'adminWebhooks.pausedGone':
    'En pausa porque el receptor indica que ya no existe. Lo que ocurra mientras tanto se guarda.',
  'adminWebhooks.upToDate': 'Al día.',
  'adminWebhooks.behind': {
    one: '{count} evento pendiente.',
    many: '{count} de eventos pendientes.',
    other: '{count} eventos pendientes.',
  },
  'adminWebhooks.lastSent': 'Último envío: {when}.',
  'adminWebhooks.failedTimes': {
    one: 'Falló {count} vez.',
    many: 'Falló {count} de veces.',
    other: 'Falló {count} veces.',
  },
  'adminWebhooks.failedSince': {
    one: 'Falló {count} vez desde: {when}.',
    many: 'Falló {count} de veces desde: {when}.',
    other: 'Falló {count} veces desde: {when}.',
  },
  'adminWebhooks.nextTry': 'Próximo intento: {when}.',
  // What can be done
  'adminWebhooks.of': '{action}: {url}',
  'adminWebhooks.tries': 'Últimos intentos',
  'adminWebhooks.triesNone': 'Todavía no se ha enviado nada.',
  'adminWebhooks.try': '{when}: {number} {type}, intento {attempt}: {answer}',
  'adminWebhooks.tryStatus': '{when}: {number} {type}, intento {attempt}: {status} {answer}',
  'adminWebhooks.replay': 'Volver a enviar los últimos cien eventos',
  'adminWebhooks.pause': 'Pausar',
  'adminWebhooks.goOn': 'Continuar',
  'adminWebhooks.tryNow': 'Intentar ahora',
  'adminWebhooks.deleteTitle': '¿Eliminar este webhook?',
  'adminWebhooks.deleteText':
    'Ya no se enviará nada a {url}. Lo que aún no haya aceptado se pierde para esa dirección.',
  'field.types': 'En «Solo estos tipos» indique tipos como room.started o áreas como recording.*',
} as const satisfies Record<keyof typeof englishAdminWebhooks, Message>;
