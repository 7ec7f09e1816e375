/** The sentences of the events and of the audit log on the admin page, in Spanish. */
import type { englishAdminEvents } from '../english-admin-events.ts';
import type { Message } from '../sentence.ts';

/** Part of the Spanish catalogue of the admin page. */
export const adminEvents = {
  // What happens
  'adminEvents.log': 'Qué ha ocurrido',
  'adminEvents.show': 'Mostrar',
  'adminEvents.everything': 'Todo',
  'adminEvents.rooms': 'Salas y sesiones',
  'adminEvents.accounts': 'Cuentas e invitaciones',
  'adminEvents.webhooks': 'Webhooks',
  'adminEvents.loading': 'Cargando los eventos…',
  'adminEvents.failed': 'No se pueden mostrar los eventos',
  'adminEvents.none': 'Nada todavía',
  'adminEvents.noneHint': 'En cuanto ocurra algo en una sala o con una grabación, aparecerá aquí.',
  'adminEvents.when': 'Cuándo',
  'adminEvents.what': 'Qué',
  'adminEvents.who': 'Quién',
  'adminEvents.number': 'Número',
  // Who did what
  'adminAudit.intro':
    'Quién descargó, compartió o eliminó grabaciones, y quién creó nuevas versiones. Nadie puede cambiarlo desde aquí.',
  'adminAudit.loading': 'Cargando el registro…',
  'adminAudit.failed': 'No se puede mostrar el registro',
  'adminAudit.more': 'Mostrar líneas anteriores',
  'adminAudit.moreLoading': 'Cargando…',
  'adminAudit.none': 'Nada todavía',
  'adminAudit.noneHint':
    'En cuanto se descargue, comparta o elimine una grabación, o se cree una nueva versión, aparecerá aquí.',
  'adminAudit.when': 'Cuándo',
  'adminAudit.what': 'Qué',
  'adminAudit.who': 'Quién',
  'adminAudit.recording': 'Grabación',
  // By what the server calls it
  'auditAction.download': 'Descargada',
  'auditAction.rename': 'Título cambiado',
  'auditAction.trash': 'Enviada a la papelera',
  'auditAction.restore': 'Restaurada',
  'auditAction.delete': 'Eliminada',
  'auditAction.share_made': 'Enlace para compartir creado',
  'auditAction.share_revoked': 'Enlace para compartir anulado',
  'auditAction.share_used': 'Enlace para compartir abierto',
  'auditAction.render': 'Nueva versión creada',
  'auditAction.clip_saved': 'Clip guardado',
  'auditAction.retention_delete': 'Eliminada por una regla de conservación',
  'auditAction.settings': 'Ajustes cambiados',
  'auditDetail.room': 'Sala: {value}',
  'auditDetail.address': 'Desde: {value}',
  'auditDetail.file': 'Archivo: {value}',
  'auditDetail.title': 'Título: {value}',
  'auditDetail.before': 'Antes: {value}',
  'auditDetail.share': 'Enlace: {value}',
  'auditDetail.expires': 'Caduca: {value}',
  'auditDetail.watchPage': 'También al final de la página para ver',
  'auditDetail.render': 'Versión: {value}',
  'auditDetail.clip': 'Clip: {value}',
  'auditDetail.format': 'Formato: {value}',
  'auditDetail.reason': 'Regla: {value}',
  'auditDetail.bytes': 'Tamaño: {value}',
} as const satisfies Record<keyof typeof englishAdminEvents, Message>;
