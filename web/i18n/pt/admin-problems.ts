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
  'api.not_failed': {
    title: 'Não falhou',
    detail: 'Só é possível tentar novamente uma gravação cujo arquivamento falhou.',
  },
  'api.not_ready': {
    title: 'Ainda não está pronta',
    detail: 'Ainda não está pronta; os arquivos dela existirão quando estiver.',
  },
  'api.file_damaged': {
    title: 'Arquivo danificado',
    detail: 'Este arquivo não é o que foi criado; mande criá-lo de novo.',
  },
  'api.file_missing': {
    title: 'Esse arquivo não existe',
    detail: 'Este arquivo não existe; a lista mostra os que há.',
  },
  'api.unknown_file': {
    title: 'Esse arquivo não existe',
    detail: 'Entre os arquivos da gravação não há nenhum com este nome.',
  },
  'api.key_missing': { title: 'Sem chave', detail: 'A chave desta gravação foi excluída; ninguém mais pode lê-la.' },
  'api.key_damaged': {
    title: 'Chave ilegível',
    detail: 'Não é possível abrir a chave desta gravação; restaure a chave do servidor com a qual ela foi criada.',
  },
  'api.storage_unavailable': {
    title: 'Armazenamento indisponível',
    detail:
      'O armazenamento onde a gravação está não responde ou não está mais configurado; verifique-o e tente novamente.',
  },
  'api.redis_unavailable': {
    title: 'O Redis não responde',
    detail: 'O Redis não responde, por isso nada pode ser encomendado agora; tudo continua quando o Redis voltar.',
  },
  'api.no_tracks': {
    title: 'Só o vídeo',
    detail: 'Desta gravação só existe o vídeo; não é possível criar outra coisa.',
  },
  'api.unknown_person': {
    title: 'Pessoa desconhecida',
    detail: 'Uma das pessoas deixadas de fora não está nesta gravação.',
  },
  'api.render_empty': { title: 'Fora da gravação', detail: 'O início e o fim devem estar dentro da gravação.' },
  'api.render_not_found': {
    title: 'Essa versão não existe',
    detail: 'Esta versão não existe mais; a lista mostra as que há.',
  },
  'api.render_too_long': {
    title: 'Longa demais',
    detail: 'Uma versão não pode ser tão longa; escolha uma parte mais curta.',
  },
  'api.renders_busy': {
    title: 'Muitas em andamento',
    detail: 'Já há versões demais na fila; tente novamente quando uma ficar pronta.',
  },
  'api.too_many_renders': {
    title: 'Versões demais',
    detail: 'Esta gravação já tem todas as versões que pode ter; exclua uma primeiro.',
  },
  'api.no_trash': {
    title: 'Sem lixeira',
    detail: 'As configurações não preveem lixeira. Exclua a gravação diretamente.',
  },
  'api.not_in_trash': {
    title: 'Não está na lixeira',
    detail: 'A gravação não está na lixeira: foi restaurada ou excluída para sempre.',
  },
  'api.not_stopped': { title: 'Ainda não terminou', detail: 'A gravação ainda não terminou. Tente de novo.' },
  'api.interrupted': {
    title: 'Gravação interrompida',
    detail: 'A gravação foi interrompida e espera que alguém volte à sala; entre nela.',
  },
  'recording.interrupted': {
    title: 'Gravação interrompida',
    detail:
      'O servidor terminou de forma inesperada durante a gravação. Ela continua assim que houver alguém na sala; se ninguém vier, é encerrada com o que foi guardado.',
  },
} as const satisfies Readonly<Record<AdminProblemCode, ProblemWords>>;
