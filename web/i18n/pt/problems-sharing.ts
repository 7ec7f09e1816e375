/** What the server refuses: files and the chat; in Portuguese. */
import type { ProblemWords } from '../message.ts';
import type { ProblemCode } from '../problem-codes.ts';

/** Part of the Portuguese catalogue. */
export const problemsSharing = {
  // Files
  'api.disk_floor': {
    title: 'Disco quase cheio',
    detail:
      'O disco do servidor está quase cheio, e nenhum arquivo é aceito; quem o administra precisa liberar espaço.',
  },
  'api.files_off': {
    title: 'Arquivos desativados',
    detail: 'Os arquivos estão desativados nesta sala; peça a um anfitrião que os ative.',
  },
  'api.file_not_found': {
    title: 'O arquivo não existe',
    detail: 'Este arquivo não existe mais; talvez tenha sido excluído.',
  },
  'api.file_incomplete': {
    title: 'O arquivo está incompleto',
    detail: 'Este arquivo ainda não chegou inteiro; tente quando ele estiver compartilhado.',
  },
  'api.file_too_large': {
    title: 'O arquivo é grande demais',
    detail: 'O arquivo passa do tamanho permitido; envie em partes ou diminua o arquivo.',
  },
  'api.too_many_files': {
    title: 'Arquivos demais',
    detail: 'A sala já tem o máximo de arquivos; exclua um que ninguém mais precise.',
  },
  'api.too_many_unfinished': {
    title: 'Envios não concluídos demais',
    detail: 'Você tem envios não concluídos demais; espere um terminar ou cancele algum.',
  },
  'api.too_many_uploads': {
    title: 'Envios demais de uma vez',
    detail: 'Você está enviando arquivos demais ao mesmo tempo; espere um terminar.',
  },
  'api.too_fast': {
    title: 'Rápido demais',
    detail: 'Você está enviando arquivos rápido demais; espere alguns segundos.',
  },
  'api.user_quota': {
    title: 'Você está sem espaço',
    detail: 'O arquivo não cabe no seu espaço nesta sala; exclua um dos seus.',
  },
  'api.room_quota': {
    title: 'A sala está sem espaço',
    detail: 'O arquivo não cabe no espaço da sala; exclua outro antes.',
  },
  'api.not_yours': { title: 'Não é seu', detail: 'Só quem enviou ou um anfitrião pode fazer isto.' },
  // Chat
  'api.chat_slow': {
    title: 'Modo lento',
    detail: 'O chat está em modo lento; espere um pouco antes de escrever de novo.',
  },
  'api.chat_too_fast': {
    title: 'Rápido demais',
    detail: 'Você escreve mais rápido do que dá para ler; espere alguns segundos.',
  },
  'api.chat_room_busy': {
    title: 'Mensagens demais',
    detail: 'Há mensagens demais nesta sala; tente novamente em alguns segundos.',
  },
  'api.chat_closed': {
    title: 'Chat só para a sala',
    detail: 'O chat é só para quem está na sala.',
  },
  'api.chat_read_only': {
    title: 'Chat só para leitura',
    detail: 'Espectadores só podem ler este chat; quem está na sala escreve.',
  },
  'api.members_only': {
    title: 'Só para a sala',
    detail: 'Só quem está na sala pode salvar o chat; peça o arquivo a um anfitrião.',
  },
  'api.not_admitted': { title: 'Só para a sala', detail: 'Isto é para quem está na sala; entre nela primeiro.' },
  'api.message_gone': { title: 'A mensagem não existe mais', detail: 'Esta mensagem não existe mais.' },
  'api.to_oneself': {
    title: 'Escolha outra pessoa',
    detail: 'Uma mensagem privada é para outra pessoa; escolha alguém.',
  },
  'api.recipient_gone': {
    title: 'Não está mais aqui',
    detail: 'Esta pessoa não está mais na sala; escreva para alguém que esteja.',
  },
  'api.reply_private': {
    title: 'Resposta privada',
    detail: 'Uma mensagem privada se responde em particular, a quem a escreveu.',
  },
  'api.viewers_not': {
    title: 'Não é para espectadores',
    detail: 'Os arquivos desta sala são para quem está nela; peça um convite a um anfitrião.',
  },
  'api.upload_busy': {
    title: 'O envio já está em andamento',
    detail: 'Este arquivo já está sendo enviado de outro lugar, talvez de outra aba.',
  },
  'api.upload_cut': { title: 'Envio interrompido', detail: 'O envio foi interrompido; retome-o.' },
  'api.checksum_mismatch': {
    title: 'Arquivo danificado',
    detail: 'O arquivo chegou danificado; comece o envio de novo.',
  },
  'api.too_many_bytes': {
    title: 'Arquivo alterado',
    detail: 'O arquivo está maior do que no começo; comece o envio de novo.',
  },
  'api.bad_upload': { title: 'Envio recusado', detail: 'O servidor não entendeu este envio; comece de novo.' },
  'api.offset_mismatch': {
    title: 'Envio interrompido',
    detail: 'O servidor não recebeu tanto quanto se esperava; retome o envio.',
  },
  'api.private_off': {
    title: 'Sem mensagens privadas',
    detail: 'As mensagens privadas estão desativadas nesta sala; escreva para todos.',
  },
  'api.name_missing': { title: 'Falta o nome', detail: 'Falta o nome de quem escreve; informe o seu primeiro.' },
  'api.body_too_large': { title: 'Demais de uma vez', detail: 'Isso é demais de uma vez; encurte.' },
} as const satisfies Partial<Record<ProblemCode, ProblemWords>>;
