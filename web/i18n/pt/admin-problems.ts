/** What a server refuses to an admin, in Portuguese. */
import type { AdminProblemCode } from '../admin-problem-codes.ts';
import type { ProblemWords } from '../message.ts';

/** By `api.` and the server's own code. */
export const adminProblems = {
  'api.recording_not_found': {
    title: 'Nenhuma gravação',
    detail: 'Esta gravação não existe ou não existe mais. A lista mostra todas as que há.',
  },
  'api.last_admin': {
    title: 'Último administrador',
    detail: 'É o único administrador que pode fazer login. Torne outra pessoa administradora primeiro.',
  },
  'api.too_many_accounts': {
    title: 'Contas demais',
    detail: 'Este servidor já tem todas as contas que aceita. Exclua alguma primeiro.',
  },
  'api.import_invalid': {
    title: 'Lista inválida',
    detail: 'Isto não é uma lista de pessoas, ou tem linhas demais. O máximo é 5000.',
  },
  'api.bad_url': {
    title: 'Endereço inválido',
    detail:
      'Um webhook precisa de um endereço com http:// ou https:// e sem nome de usuário. Se precisar de um segredo, coloque-o no caminho.',
  },
  'api.private_address': {
    title: 'Rede privada',
    detail:
      'O endereço leva a uma rede privada, que os webhooks não podem alcançar. Use um público ou defina events.allowPrivateWebhooks.',
  },
  'api.too_many_webhooks': {
    title: 'Webhooks demais',
    detail: 'Este servidor já tem todos os webhooks que aceita. Exclua algum primeiro.',
  },
  'api.webhook_not_found': { title: 'Webhook não encontrado', detail: 'Este webhook não existe mais.' },
  'api.too_many_shares': {
    title: 'Links demais',
    detail: 'Esta gravação já tem todos os links possíveis. Revogue algum primeiro.',
  },
  'api.share_not_found': { title: 'Link não encontrado', detail: 'Este link não existe ou foi revogado.' },
} as const satisfies Readonly<Record<AdminProblemCode, ProblemWords>>;
