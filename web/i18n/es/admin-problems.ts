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
} as const satisfies Readonly<Record<AdminProblemCode, ProblemWords>>;
