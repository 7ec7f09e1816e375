/** The sentences of the recordings of rooms that somebody with an account has made, in Brazilian Portuguese. */
import type { englishOwnRecordings } from '../english-own-recordings.ts';
import type { Message } from '../sentence.ts';

/** Part of the Portuguese catalogue. */
export const ownRecordings = {
  'ownRecordings.title': 'Suas gravações',
  'ownRecordings.loading': 'Carregando suas gravações…',
  'ownRecordings.none':
    'Nada foi gravado ainda. O que é gravado em uma sala que você criou fica aqui, mesmo quando a sala não existe mais.',
  'ownRecordings.failed': 'Não foi possível carregar suas gravações',
  'ownRecordings.again': 'Tentar novamente',
  'ownRecordings.more': 'Mostrar mais',
  'ownRecordings.recording': 'Gravando',
  'ownRecordings.paused': 'Em pausa',
  'ownRecordings.archiving': 'Preparando o vídeo: {percent}%',
  'ownRecordings.noFilm': 'Sem vídeo',
  'ownRecordings.noFilmHelp': 'O que foi gravado está guardado. Um administrador pode mandar preparar o vídeo de novo.',
  'ownRecordings.play': 'Reproduzir',
  'ownRecordings.playName': 'Reproduzir “{title}”',
  'ownRecordings.closeFilm': 'Fechar o player',
  'ownRecordings.notPlayed': 'Não é possível reproduzir agora. Um vídeo pronto pode ser baixado.',
  'ownRecordings.download': 'Baixar',
  'ownRecordings.downloadName': 'Baixar “{title}”',
  'ownRecordings.share': 'Compartilhar',
  'ownRecordings.shareName': 'Compartilhar “{title}”',
  'ownRecordings.wrong': 'Não foi possível concluir a ação',
  'recordingTitle.edit': 'Alterar o título de “{title}”',
  'recordingTitle.rename': 'Alterar título',
  'recordingTitle.label': 'Título da gravação',
  'recordingTitle.save': 'Salvar',
  'recordingTitle.cancel': 'Cancelar',
  'recordingTitle.empty': 'Dê um título à gravação.',
  'ownRecordings.linkHint':
    'Quem tem o link vê o vídeo com seus capítulos, e nada mais, por uma semana ou até você revogar.',
  'ownRecordings.linkMake': 'Criar link',
  'ownRecordings.linkMoment': 'Começar em {time}, onde você parou de assistir',
  'ownRecordings.linkNew': 'Link para o vídeo',
  'ownRecordings.linkNewHint': 'Ele é mostrado só desta vez. Expira: {when}.',
  'ownRecordings.linkUntil': 'Link ativo; expira: {when}',
  'ownRecordings.linkEnded': 'Link expirado: {when}',
  'ownRecordings.linkBack': 'Revogar',
  'ownRecordings.linkBackName': 'Revogar o link (expira: {when})',
} as const satisfies Record<keyof typeof englishOwnRecordings, Message>;
