/** Recordings that viewers see; in Portuguese. */
import type { englishShared } from '../english-shared.ts';
import type { Message } from '../sentence.ts';

/** Part of the Portuguese catalogue. */
export const shared = {
  'film.loading': 'Carregando o vídeo…',
  'film.noChapters': 'Não há capítulos.',
  'film.chaptersLater': 'Os capítulos aparecem aqui quando a gravação estiver arquivada.',
  'shared.recorded': 'Gravação de {date}',
  'shared.length': 'Duração: {length}',
  'shared.download': 'Baixar',
  'shared.moment': 'Copiar link para este momento',
  'shared.momentLink': 'Link para este momento',
  'shared.until': 'Este link vale até {date}.',
  'shared.opening': 'Abrindo a gravação…',
  'shared.gone': 'Este link não vale mais',
  'shared.goneDetail': 'Ele expirou ou foi revogado. Peça um novo a quem enviou.',
  'shared.unknown': 'Este link não leva a lugar nenhum',
  'shared.unknownDetail': 'Está incompleto ou foi revogado. Copie o link inteiro ou peça um novo.',
  'shared.away': 'Não foi possível carregar a gravação',
  'shared.retry': 'Tentar novamente',
  'shared.broken': 'Não é possível reproduzir o vídeo aqui; baixe para assistir.',
} as const satisfies Record<keyof typeof englishShared, Message>;
