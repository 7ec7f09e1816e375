/** How a stay or a stream ends or does not begin, and what hosts are told; in Portuguese. */
import type { ProblemWords } from '../message.ts';
import type { ProblemCode } from '../problem-codes.ts';

/** Part of the Portuguese catalogue. */
export const problemsEnds = {
  'room.missing': {
    title: 'Esta sala não existe',
    detail:
      'Pergunte a quem enviou o link se ele está certo. Se a sala for criada mais tarde, você poderá entrar por aqui assim que ela existir.',
  },
  'player.private': { title: 'Esta sala é privada', detail: 'Peça ao anfitrião um link para assistir.' },
  'player.expired': {
    title: 'Este link não vale mais',
    detail: 'Ele expirou ou foi criado para outra sala. Peça ao anfitrião um novo link para assistir.',
  },
  'player.unsupported': {
    title: 'Este navegador não reproduz a transmissão',
    detail: 'Ele não tem Media Source Extensions. Use uma versão atual do Chrome, Edge, Firefox ou Safari.',
  },
  'player.decoder': {
    title: 'Não é possível reproduzir a transmissão',
    detail: 'O navegador não conseguiu decodificar ({reason}). Tente novamente ou use outro navegador.',
  },
  'player.token_revoked': { title: 'Este link foi revogado', detail: 'Peça um novo a um anfitrião da sala.' },
  'player.token_earlier_room': {
    title: 'Este link é de uma sala anterior',
    detail: 'A sala foi excluída e criada de novo com o mesmo identificador; peça um link novo a um anfitrião.',
  },
  'player.invite_used_up': {
    title: 'Este link está esgotado',
    detail: 'Todas as pessoas previstas já o usaram. Peça outro a um anfitrião da sala.',
  },
  'player.signed_out': { title: 'Você saiu da conta', detail: 'Faça login de novo.' },
  'player.removed': { title: 'Um anfitrião removeu você desta sala', detail: 'Peça outro convite a ele.' },
  'player.banned': {
    title: 'Você não pode entrar nesta sala',
    detail: 'Um anfitrião baniu você. Se for engano, fale com ele.',
  },
  // The end of a stay
  'closed.1000': { title: 'Você saiu da sala', detail: 'Você pode entrar de novo quando quiser.' },
  'closed.4401': {
    title: 'Este link de convite não funciona',
    detail: 'Ele está incompleto, errado ou expirou. Peça ao anfitrião um novo link de convite.',
  },
  'closed.4403': {
    title: 'Você não pode entrar nesta sala',
    detail: 'O seu link não permite, ou o anfitrião removeu você. Peça ao anfitrião um link de convite.',
  },
  'closed.4404': {
    title: 'Esta sala não existe',
    detail: 'Ela pode ter sido excluída, ou o link não está certo. Pergunte a quem enviou o link.',
  },
  'closed.4409': {
    title: 'Você está nesta sala em outra aba',
    detail: 'Sua câmera, seu microfone e seu lugar foram para lá. Para voltar a esta aba, use a sala aqui de novo.',
    action: 'Usar aqui',
  },
  'closed.4410': {
    title: 'Esta sala foi encerrada',
    detail: 'O anfitrião a encerrou. O que foi gravado está guardado.',
  },
  'closed.4413': {
    title: 'Sua imagem era grande demais para este servidor',
    detail: 'Escolha uma câmera com resolução menor e entre de novo.',
  },
  'closed.4429': {
    title: 'Muita coisa de uma vez',
    detail: 'O servidor limita as conexões e os envios. Espere um minuto e entre de novo.',
  },
  'closed.full': {
    title: 'A sala está cheia',
    detail: 'Alguém precisa sair, ou um anfitrião precisa aumentar o máximo de pessoas.',
  },
  'closed.waiting_full': {
    title: 'Há pessoas demais esperando',
    detail: 'Tente novamente em alguns minutos.',
  },
  'closed.removed': { title: 'Um anfitrião removeu você desta sala', detail: 'Peça outro convite a ele.' },
  'closed.banned': {
    title: 'Você não pode entrar nesta sala',
    detail: 'Um anfitrião baniu você. Se for engano, fale com ele.',
  },
  'closed.admission_denied': {
    title: 'Sua entrada não foi aceita',
    detail: 'Fale com um anfitrião e tente novamente em meio minuto.',
    action: 'Pedir de novo',
  },
  'closed.password_needed': {
    title: 'Esta sala tem senha',
    detail: 'Peça a senha a quem convidou você.',
    action: 'Digitar senha',
  },
  'closed.password_wrong': {
    title: 'A senha não está certa',
    detail: 'Confira a senha ou pergunte ao anfitrião.',
    action: 'Digitar senha',
  },
  'closed.too_many_attempts': {
    title: 'Muitas senhas erradas',
    detail: 'Espere {wait} e tente novamente.',
  },
  'closed.token_revoked': { title: 'Seu link foi revogado', detail: 'Peça um novo a um anfitrião da sala.' },
  'closed.token_earlier_room': {
    title: 'Este link é de uma sala anterior',
    detail: 'A sala foi excluída e criada de novo com o mesmo identificador; peça um link novo a um anfitrião.',
  },
  'closed.invite_used_up': {
    title: 'Este link está esgotado',
    detail: 'Todas as pessoas previstas já o usaram. Peça outro a um anfitrião da sala.',
  },
  'closed.signed_out': { title: 'Você saiu da conta', detail: 'Faça login de novo.' },
  'closed.unknown': {
    title: 'A conexão foi fechada',
    detail: 'O servidor encerrou a conexão com o código {code}. Recarregue a página e entre de novo.',
  },
  // Hosts read these without a title
  'notice.program_degraded': {
    title: '',
    detail: 'O servidor está ocupado: por enquanto, a imagem da sala fica com menos qualidade.',
  },
  'notice.program_recovering': {
    title: '',
    detail: 'O servidor está se recuperando: a imagem da sala melhora, mas ainda sem toda a qualidade.',
  },
  'notice.program_restored': {
    title: '',
    detail: 'O servidor se recuperou: a imagem da sala voltou a ter toda a qualidade.',
  },
  'notice.disk_full': {
    title: '',
    detail:
      'O disco do servidor está cheio, e nada está sendo gravado. Libere espaço, e a gravação continua automaticamente.',
  },
  'notice.disk_slow': {
    title: '',
    detail:
      'O disco do servidor está lento demais, e partes da gravação se perdem. Diminua a carga dele, e ela continua automaticamente.',
  },
  'notice.disk_failed': {
    title: '',
    detail:
      'Não é possível escrever no disco do servidor, e nada está sendo gravado. Verifique o disco e o log do servidor; a gravação continua automaticamente quando for possível escrever.',
  },
  'notice.disk_writes': {
    title: '',
    detail: 'O disco voltou a guardar a gravação; falta o que aconteceu nesse meio-tempo.',
  },
  'notice.auto_recording_failed': {
    title: '',
    detail: 'A gravação automática não pôde começar. Resolva o problema no servidor e clique em “Gravar”.',
  },
  'notice.signal_silence': { title: '', detail: 'O microfone está ativado, mas sem som.' },
  'notice.signal_clipping': { title: '', detail: 'O som está alto demais e distorcido.' },
  'notice.signal_black': { title: '', detail: 'A câmera envia uma imagem preta.' },
  'notice.signal_frozen': { title: '', detail: 'A câmera envia sempre a mesma imagem.' },
  'notice.signal_network': { title: '', detail: 'A rede é lenta demais para o que é enviado.' },
} as const satisfies Partial<Record<ProblemCode, ProblemWords>>;
