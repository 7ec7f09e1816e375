/** What the server refuses: rooms, people, calls and recordings; in Portuguese. */
import type { ProblemWords } from '../message.ts';
import type { ProblemCode } from '../problem-codes.ts';

/** Part of the Portuguese catalogue. */
export const problemsRequests = {
  'api.unreachable': {
    title: 'Não é possível acessar o servidor',
    detail: 'Não é possível acessar o servidor; verifique a conexão e tente novamente.',
  },
  'api.page_outdated': {
    title: 'Esta página é mais antiga que o servidor',
    detail: 'O servidor foi atualizado depois que esta página foi aberta. Recarregue a página.',
    action: 'Recarregar a página',
  },
  'api.internal': {
    title: 'Erro do servidor',
    detail: 'Algo falhou no servidor. Tente novamente; se continuar, avise o administrador.',
  },
  'api.rate_limited': {
    title: 'Pedidos demais',
    detail: 'Foram pedidos demais em pouco tempo; espere um momento e tente novamente.',
  },
  // Links and permissions
  'api.token_missing': { title: 'Falta o link', detail: 'Peça um link a um anfitrião da sala.' },
  'api.token_invalid': {
    title: 'O link não é válido',
    detail: 'O link não é válido; peça um novo a um anfitrião da sala.',
  },
  'api.token_expired': {
    title: 'O link expirou',
    detail: 'O link expirou; peça um novo a um anfitrião da sala.',
  },
  'api.token_revoked': {
    title: 'O link foi revogado',
    detail: 'O link foi revogado; peça um novo a um anfitrião da sala.',
  },
  'api.token_earlier_room': {
    title: 'Este link é de uma sala anterior',
    detail: 'A sala foi excluída e criada de novo com o mesmo identificador; peça um link novo a um anfitrião.',
  },
  'api.invite_used_up': {
    title: 'O link está esgotado',
    detail: 'Todas as pessoas previstas já usaram este link; peça outro a um anfitrião da sala.',
  },
  'api.signed_out': { title: 'Você saiu da conta', detail: 'Você saiu da conta; faça login de novo.' },
  'api.removed': {
    title: 'Você foi removido',
    detail: 'Um anfitrião removeu você desta sala; peça outro convite a ele.',
  },
  'api.banned': {
    title: 'Você não pode entrar nesta sala',
    detail: 'Um anfitrião baniu você desta sala; se for engano, fale com ele.',
  },
  'api.admin_only': {
    title: 'Só para administradores',
    detail: 'Só um administrador pode fazer isto; peça a um.',
  },
  'api.host_only': {
    title: 'Só para anfitriões',
    detail: 'Só um anfitrião desta sala pode fazer isto; peça um link de anfitrião.',
  },
  'api.not_a_member': {
    title: 'Você não está nesta sala',
    detail: 'Você fez login, mas não faz parte desta sala; peça um link a um anfitrião.',
  },
  'api.wrong_room': {
    title: 'O link é de outra sala',
    detail: 'O seu link é de outra sala; peça um para esta.',
  },
  'api.room_not_found': {
    title: 'Esta sala não existe',
    detail: 'Esta sala não existe ou não existe mais; confira o link ou peça um novo.',
  },
  // People of a room
  'api.participant_not_found': { title: 'Não está mais aqui', detail: 'Esta pessoa não está mais na sala.' },
  'api.not_waiting': {
    title: 'Não está mais esperando',
    detail: 'Esta pessoa não está mais esperando; confira a lista.',
  },
  'api.no_password': {
    title: 'A sala não tem senha',
    detail: 'Esta sala não tem senha; peça um convite a um anfitrião.',
  },
  'api.password_wrong': {
    title: 'Senha errada',
    detail: 'A senha da sala não está certa; pergunte ao anfitrião.',
  },
  'api.too_many_attempts': {
    title: 'Tentativas demais',
    detail: 'Foram tentativas demais; espere {wait} e tente novamente.',
  },
  'api.too_many_invites': {
    title: 'Links demais',
    detail: 'A sala já tem links demais; revogue algum primeiro.',
  },
  'api.invite_not_found': {
    title: 'O link não existe mais',
    detail: 'Este link não existe mais; talvez tenha expirado.',
  },
  'api.too_many_bans': {
    title: 'Pessoas banidas demais',
    detail: 'A sala já tem pessoas banidas demais; remova antes algum banimento.',
  },
  // Accounts
  'api.sign_in_failed': {
    title: 'Não foi possível fazer login',
    detail: 'O usuário ou a senha não estão certos; tente novamente.',
  },
  'api.first_token_invalid': {
    title: 'O link não vale mais',
    detail: 'Este link já foi usado ou está errado; o servidor mostra um ao iniciar se ainda não houver contas.',
  },
  'api.passwords_busy': {
    title: 'Servidor ocupado',
    detail: 'Há pessoas demais fazendo login agora; tente novamente em instantes.',
  },
  'api.login_taken': {
    title: 'O usuário já existe',
    detail: 'Já existe uma conta com este usuário; escolha outro.',
  },
  'api.user_not_found': {
    title: 'A conta não existe mais',
    detail: 'Esta conta não existe mais; atualize a lista.',
  },
  'api.accounts_off': { title: 'Sem contas', detail: 'Este servidor não tem contas.' },
  'api.user_only': { title: 'Faça login', detail: 'Para isto é preciso fazer login.' },
  // Calls
  'api.call_engaged': {
    title: 'Você já está em uma chamada',
    detail: 'Você já está em uma chamada; desligue primeiro.',
  },
  'api.call_over': { title: 'A chamada terminou', detail: 'Esta chamada terminou; ligue de novo.' },
  'api.call_self': { title: 'É você', detail: 'Não é possível ligar para si; escolha outra pessoa.' },
  'api.call_there': { title: 'Já está na chamada', detail: 'Esta pessoa já está na chamada.' },
  'api.too_many_tabs': {
    title: 'Abas demais',
    detail: 'Há páginas de contatos demais abertas; feche alguma e recarregue esta.',
  },
  // Pictures and recordings
  'api.not_a_picture': {
    title: 'Não é uma imagem válida',
    detail: 'O arquivo não é uma imagem PNG, JPEG ou WebP completa; escolha outro.',
  },
  'api.picture_too_large': {
    title: 'A imagem é grande demais',
    detail: 'A imagem é grande demais; escolha uma menor ou comprima mais.',
  },
  'api.not_live': { title: 'A sala não está ao vivo', detail: 'Nada está ao vivo nesta sala agora.' },
  'api.already_recording': {
    title: 'Já está gravando',
    detail: 'Esta sala já está sendo gravada; pare primeiro essa gravação.',
  },
  'api.not_recording': {
    title: 'A gravação terminou',
    detail: 'A gravação terminou; comece uma nova.',
  },
  'api.clip_not_recorded': {
    title: 'Não foi gravado',
    detail:
      'Esse tempo não foi gravado, e só do que foi gravado todos foram avisados. Comece ou retome uma gravação e depois salve o clipe.',
  },
  'api.clip_not_kept': {
    title: 'Não está mais lá',
    detail: 'O servidor ainda não tem nada disso, ou não tem mais. Tente novamente em alguns segundos.',
  },
  'api.clip_too_long': {
    title: 'Longo demais',
    detail: 'Este servidor não permite clipes tão longos. Escolha menos tempo.',
  },
  'api.too_many_clips': {
    title: 'Clipes demais',
    detail: 'Esta sala já tem todos os clipes que pode ter. Exclua um primeiro.',
  },
  'api.clips_full': {
    title: 'Sem espaço para clipes',
    detail: 'Os clipes de todas as salas ocupam todo o espaço permitido. Exclua alguns primeiro.',
  },
  'api.clips_busy': {
    title: 'Vários clipes ao mesmo tempo',
    detail: 'Vários clipes já estão sendo salvos. Tente novamente em alguns segundos.',
  },
  'api.clip_failed': {
    title: 'O clipe não deu certo',
    detail: 'O servidor não conseguiu criar o clipe, talvez por causa do disco. Tente novamente.',
  },
  'api.clip_given_up': {
    title: 'O clipe foi abandonado',
    detail: 'A sala ou o servidor está sendo encerrado. Tente novamente depois.',
  },
  'api.clip_not_found': { title: 'O clipe não existe mais', detail: 'Alguém o excluiu.' },
  'api.too_many_markers': {
    title: 'Marcadores demais',
    detail: 'Esta gravação já tem marcadores demais; comece outra.',
  },
  'api.database_unavailable': {
    title: 'Banco de dados inacessível',
    detail: 'O banco de dados do servidor não responde. Tente novamente; se continuar, avise o administrador.',
  },
  'api.disk_full': {
    title: 'Disco cheio',
    detail: 'O disco do servidor está cheio; quem o administra precisa liberar espaço.',
  },
  'api.invalid_request': { title: 'Não foi aceito', detail: 'O servidor não aceita isso assim: {detail}' },
  'api.sign_in_first': { title: 'Login necessário', detail: 'Para isso, faça login primeiro.' },
  'api.forbidden': {
    title: 'Não permitido',
    detail: 'Seu link não permite isso ou expirou; peça um novo a um anfitrião da sala.',
  },
  'api.cross_site': {
    title: 'Não é possível a partir daqui',
    detail: 'Não é possível fazer isso a partir de outro site; abra a página deste servidor.',
  },
  'api.room_exists': { title: 'A sala já existe', detail: 'Já existe uma sala com este ID; escolha outro.' },
  'api.room_ended': { title: 'A sala foi encerrada', detail: 'Esta sala foi encerrada; crie outra.' },
  'api.too_many_rooms': { title: 'Salas demais', detail: 'Este servidor não aceita mais salas; exclua uma primeiro.' },
  'api.too_many_own_rooms': {
    title: 'Salas próprias demais',
    detail: 'Você já tem tantas salas quantas uma pessoa pode ter neste servidor; exclua uma primeiro.',
  },
  'api.too_many_revoked': {
    title: 'Links revogados demais',
    detail: 'Links demais desta sala foram revogados; espere que algum expire.',
  },
  'api.ban_not_found': { title: 'O banimento não existe', detail: 'Este banimento já foi retirado.' },
  'api.recording_begins': {
    title: 'A gravação vai começar',
    detail: 'A gravação está prestes a começar; coloque então o marcador de novo.',
  },
  'api.paused': { title: 'Gravação pausada', detail: 'A gravação está pausada; retome-a primeiro.' },
  'api.bad_cursor': {
    title: 'Lista desatualizada',
    detail: 'Esta lista não está mais atualizada; carregue-a de novo.',
  },
  'archive.nothing_kept': {
    title: 'Sem vídeo',
    detail: 'Ao terminar, ainda não havia nada no disco, por isso não há vídeo; grave de novo.',
  },
  'archive.disk_full': {
    title: 'Sem vídeo',
    detail:
      'O disco do servidor estava cheio enquanto o vídeo era preparado; um administrador precisa liberar espaço antes da próxima tentativa.',
  },
  'archive.disk_failed': {
    title: 'Sem vídeo',
    detail:
      'O servidor não conseguiu ler ou gravar seus arquivos; um administrador precisa verificar o disco antes da próxima tentativa.',
  },
  'archive.worker_lost': {
    title: 'Sem vídeo',
    detail:
      'A preparação do vídeo foi interrompida várias vezes; um administrador encontra o motivo no registro do servidor.',
  },
  'archive.archive_failed': {
    title: 'Sem vídeo',
    detail:
      'Não foi possível preparar um vídeo com o que foi gravado; um administrador encontra o motivo no registro do servidor.',
  },
} as const satisfies Partial<Record<ProblemCode, ProblemWords>>;
