/** The sentences of the events and of the audit log on the admin page, in Brazilian Portuguese. */
import type { englishAdminEvents } from '../english-admin-events.ts';
import type { Message } from '../sentence.ts';

/** Part of the Portuguese catalogue of the admin page. */
export const adminEvents = {
  // What happens
  'adminEvents.log': 'O que aconteceu',
  'adminEvents.show': 'Mostrar',
  'adminEvents.everything': 'Tudo',
  'adminEvents.rooms': 'Salas e sessões',
  'adminEvents.accounts': 'Contas e convites',
  'adminEvents.webhooks': 'Webhooks',
  'adminEvents.loading': 'Carregando os eventos…',
  'adminEvents.failed': 'Não é possível mostrar os eventos',
  'adminEvents.none': 'Nada ainda',
  'adminEvents.noneHint': 'Assim que algo acontecer em uma sala ou com uma gravação, aparecerá aqui.',
  'adminEvents.when': 'Quando',
  'adminEvents.what': 'O quê',
  'adminEvents.who': 'Quem',
  'adminEvents.number': 'Número',
  // Who did what
  'adminAudit.intro':
    'Quem baixou, compartilhou ou excluiu gravações, e quem criou novas versões. Ninguém pode mudar isto por aqui.',
  'adminAudit.loading': 'Carregando o registro…',
  'adminAudit.failed': 'Não é possível mostrar o registro',
  'adminAudit.more': 'Mostrar linhas anteriores',
  'adminAudit.moreLoading': 'Carregando…',
  'adminAudit.none': 'Nada ainda',
  'adminAudit.noneHint':
    'Assim que uma gravação for baixada, compartilhada ou excluída, ou uma nova versão for criada, aparecerá aqui.',
  'adminAudit.when': 'Quando',
  'adminAudit.what': 'O quê',
  'adminAudit.who': 'Quem',
  'adminAudit.recording': 'Gravação',
  // By what the server calls it
  'auditAction.download': 'Baixada',
  'auditAction.rename': 'Título alterado',
  'auditAction.trash': 'Colocada na lixeira',
  'auditAction.restore': 'Restaurada',
  'auditAction.delete': 'Excluída',
  'auditAction.share_made': 'Link de compartilhamento criado',
  'auditAction.share_revoked': 'Link de compartilhamento revogado',
  'auditAction.share_used': 'Link de compartilhamento aberto',
  'auditAction.render': 'Nova versão criada',
  'auditAction.clip_saved': 'Clipe salvo',
  'auditAction.retention_delete': 'Excluída por uma regra de retenção',
  'auditAction.settings': 'Configurações alteradas',
  'auditDetail.room': 'Sala: {value}',
  'auditDetail.address': 'De: {value}',
  'auditDetail.file': 'Arquivo: {value}',
  'auditDetail.title': 'Título: {value}',
  'auditDetail.before': 'Antes: {value}',
  'auditDetail.share': 'Link: {value}',
  'auditDetail.expires': 'Expira: {value}',
  'auditDetail.watchPage': 'Também no fim da página para assistir',
  'auditDetail.render': 'Versão: {value}',
  'auditDetail.clip': 'Clipe: {value}',
  'auditDetail.format': 'Formato: {value}',
  'auditDetail.reason': 'Regra: {value}',
  'auditDetail.bytes': 'Tamanho: {value}',
} as const satisfies Record<keyof typeof englishAdminEvents, Message>;
