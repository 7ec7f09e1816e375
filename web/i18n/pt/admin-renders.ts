/** The sentences of renderings: a recording once more, otherwise than it was, in Portuguese. */
import type { englishAdminRenders } from '../english-admin-renders.ts';
import type { Message } from '../sentence.ts';

/** Part of the Portuguese catalogue of the admin page. */
export const adminRenders = {
  'renders.title': 'Outras versões',
  'renders.hint': 'A partir das faixas de cada pessoa: outro layout, uma parte, sem alguém ou só o som.',
  'renders.unlisted': 'Não foi possível listar as versões',
  'renders.waiting': 'Na fila',
  'renders.ready': 'Pronta',
  'renders.failed': 'Falhou',
  'renders.noReason': 'O servidor não informou a causa.',
  'renders.underWay': 'Criando {what}',
  'renders.downloadName': 'Baixar {what}',
  'renders.deleteName': 'Excluir {what}',
  // What it is of
  'renders.recorded': 'Como foi gravada',
  'renders.other': 'Versão',
  'renders.range': 'De {from} a {to}',
  'renders.without': { one: 'Sem uma pessoa', many: 'Sem {count} de pessoas', other: 'Sem {count} pessoas' },
  // To order one
  'renders.new': 'Nova versão',
  'renders.format': 'Formato',
  'renders.mp4': 'MP4, vídeo',
  'renders.webm': 'WebM, vídeo',
  'renders.mp3': 'MP3, só o som',
  'renders.wav': 'WAV, só o som',
  'renders.from': 'De',
  'renders.to': 'Até',
  'renders.here': 'Aqui',
  'renders.hereHint': 'Usar o ponto em que o vídeo está',
  'renders.hereFrom': 'Aqui: começar onde o vídeo está',
  'renders.hereTo': 'Aqui: terminar onde o vídeo está',
  'renders.asRecorded': 'Com o layout que tinha na gravação',
  'renders.leaveOut': 'Deixar de fora',
  'renders.render': 'Criar',
  'renders.badTime': 'Escreva os tempos em minutos e segundos, por exemplo {example}.',
  'renders.badOrder': 'O fim deve vir depois do início.',
  'renders.badLength': 'A gravação dura {length}.',
} as const satisfies Record<keyof typeof englishAdminRenders, Message>;
