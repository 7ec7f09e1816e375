/** The sentences of the frame of the admin page, and those that several of its views say, in Portuguese. */
import type { englishAdmin } from '../english-admin.ts';
import type { Message } from '../sentence.ts';

/** Part of the Portuguese catalogue of the admin page. */
export const admin = {
  'admin.title': 'Administração',
  'admin.recordings': 'Gravações',
  'admin.rooms': 'Salas',
  'admin.people': 'Pessoas',
  'admin.events': 'Eventos',
  'admin.settings': 'Configurações',
  'admin.audit': 'Registro',
  'admin.signOut': 'Sair da conta',
  // Without a token
  'admin.tokenHint':
    'Informe o token de administrador. O servidor o exibiu, com um link para esta página, quando foi iniciado pela primeira vez.',
  'admin.noAdmin': '{name} não tem permissões de administrador',
  'admin.noAdminHint':
    'Peça-as a um administrador ou entre com outra conta. Com o token de administrador também é possível entrar.',
  'admin.tokenRefused': 'Este token não é válido',
  'admin.asking': 'Verificando quem entrou…',
  'admin.token': 'Token de administrador',
  'admin.continue': 'Continuar',
  // Several views
  'admin.refused': 'Não foi possível concluir a ação',
  'admin.stale': 'A lista não está atualizada',
  'admin.delete': 'Excluir',
  'admin.download': 'Baixar',
  'admin.again': 'Tentar novamente',
  'admin.keep': 'Manter',
} as const satisfies Record<keyof typeof englishAdmin, Message>;
