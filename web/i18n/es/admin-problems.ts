/** What a server refuses to an admin, in Spanish. */
import type { AdminProblemCode } from '../admin-problem-codes.ts';
import type { ProblemWords } from '../message.ts';

/** By `api.` and the server's own code. */
export const adminProblems = {
  'api.recording_not_found': {
    title: 'Sin grabación',
    detail: 'Esta grabación no existe o ya no existe. En la lista están todas las que hay.',
  },
  'api.last_admin': {
    title: 'Último administrador',
    detail: 'Es el único administrador que puede iniciar sesión. Nombre primero a otra persona.',
  },
  'api.too_many_accounts': {
    title: 'Demasiadas cuentas',
    detail: 'Este servidor ya tiene todas las cuentas que admite. Elimine primero alguna.',
  },
  'api.import_invalid': {
    title: 'Lista no válida',
    detail: 'Esto no es una lista de personas, o tiene demasiadas líneas. Puede tener como máximo 5000.',
  },
  'api.bad_url': {
    title: 'Dirección no válida',
    detail:
      'Un webhook necesita una dirección con http:// o https:// y sin nombre de usuario. Si hace falta un secreto, póngalo en la ruta.',
  },
  'api.private_address': {
    title: 'Red privada',
    detail:
      'La dirección lleva a una red privada, a la que los webhooks no pueden llegar. Use una pública o defina events.allowPrivateWebhooks.',
  },
  'api.too_many_webhooks': {
    title: 'Demasiados webhooks',
    detail: 'Este servidor ya tiene todos los webhooks que admite. Elimine primero alguno.',
  },
  'api.webhook_not_found': { title: 'Webhook no encontrado', detail: 'Este webhook ya no existe.' },
  'api.too_many_shares': {
    title: 'Demasiados enlaces',
    detail: 'Esta grabación ya tiene todos los enlaces posibles. Anule primero alguno.',
  },
  'api.share_not_found': { title: 'Enlace no encontrado', detail: 'Este enlace no existe o se anuló.' },
  'api.not_failed': {
    title: 'No ha fallado',
    detail: 'Solo se puede reintentar una grabación que no se pudo archivar.',
  },
  'api.not_ready': {
    title: 'Todavía no está lista',
    detail: 'Todavía no está lista; sus archivos existirán cuando lo esté.',
  },
  'api.file_damaged': {
    title: 'Archivo dañado',
    detail: 'Este archivo no es el que se creó; haga que se cree de nuevo.',
  },
  'api.file_missing': {
    title: 'No existe ese archivo',
    detail: 'Este archivo no existe; en la lista están los que hay.',
  },
  'api.unknown_file': {
    title: 'No existe ese archivo',
    detail: 'Entre los archivos de la grabación no hay ninguno con este nombre.',
  },
  'api.key_missing': { title: 'Sin clave', detail: 'La clave de esta grabación se eliminó; ya nadie puede leerla.' },
  'api.key_damaged': {
    title: 'Clave ilegible',
    detail: 'La clave de esta grabación no se puede abrir; restaure la clave del servidor con la que se creó.',
  },
  'api.storage_unavailable': {
    title: 'Almacenamiento no disponible',
    detail:
      'El almacenamiento donde está la grabación no responde o ya no está configurado; revíselo y vuelva a intentarlo.',
  },
  'api.redis_unavailable': {
    title: 'Redis no responde',
    detail: 'Redis no responde, así que por ahora no se puede encargar nada; continuará cuando Redis vuelva.',
  },
  'api.no_tracks': {
    title: 'Solo el video',
    detail: 'De esta grabación solo existe el video; no se puede crear otra cosa.',
  },
  'api.unknown_person': {
    title: 'Persona desconocida',
    detail: 'Una de las personas excluidas no está en esta grabación.',
  },
  'api.render_empty': {
    title: 'Fuera de la grabación',
    detail: 'El inicio y el final deben estar dentro de la grabación.',
  },
  'api.render_not_found': {
    title: 'No existe esa versión',
    detail: 'Esta versión ya no existe; en la lista están las que hay.',
  },
  'api.render_too_long': {
    title: 'Demasiado larga',
    detail: 'Una versión no puede ser tan larga; elija una parte más corta.',
  },
  'api.renders_busy': {
    title: 'Demasiadas en curso',
    detail: 'Ya hay demasiadas versiones en espera; inténtelo cuando termine una.',
  },
  'api.too_many_renders': {
    title: 'Demasiadas versiones',
    detail: 'Esta grabación ya tiene todas las versiones que puede tener; elimine una primero.',
  },
  'api.no_trash': {
    title: 'No hay papelera',
    detail: 'La configuración no prevé papelera. Elimine la grabación directamente.',
  },
  'api.not_in_trash': {
    title: 'No está en la papelera',
    detail: 'La grabación no está en la papelera: se restauró o se eliminó para siempre.',
  },
  'api.not_stopped': { title: 'Aún no ha terminado', detail: 'La grabación aún no ha terminado. Inténtelo de nuevo.' },
  'api.interrupted': {
    title: 'Grabación interrumpida',
    detail: 'La grabación se interrumpió y espera a que alguien vuelva a la sala; únase.',
  },
  'recording.interrupted': {
    title: 'Grabación interrumpida',
    detail:
      'El servidor terminó de forma inesperada mientras grababa. La grabación sigue en cuanto haya alguien en la sala; si nadie vuelve, se cierra con lo que se conservó.',
  },
} as const satisfies Readonly<Record<AdminProblemCode, ProblemWords>>;
