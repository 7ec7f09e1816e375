/** The sentences of the clips that hosts save, in Portuguese. */
import type { englishClips } from '../english-clips.ts';
import type { Message } from '../sentence.ts';

/** Part of the Portuguese catalogue. */
export const clips = {
  'clips.menu': 'Clipes…',
  'clips.title': 'Clipes',
  'clips.hint':
    'Um clipe é um vídeo do que a sala acabou de mostrar. Ele só contém o que foi gravado, porque só disso todos foram avisados; e todos aqui leem que você salvou um.',
  'clips.off': 'Nada está sendo gravado no momento. Comece uma gravação para salvar um clipe do que vier.',
  'clips.length': 'Quanto',
  'clips.lastSeconds': {
    one: 'Último segundo',
    many: 'Últimos {count} de segundos',
    other: 'Últimos {count} segundos',
  },
  'clips.lastMinutes': { one: 'Último minuto', many: 'Últimos {count} de minutos', other: 'Últimos {count} minutos' },
  'clips.name': 'Título',
  'clips.nameHint': 'Vazio: o título da sala.',
  'clips.save': 'Salvar o clipe',
  'clips.saving': 'Salvando o clipe…',
  'clips.ready': 'O clipe está pronto',
  'clips.download': 'Baixar',
  'clips.downloadName': 'Baixar “{title}”, {when}',
  'clips.copy': 'Copiar link',
  'clips.copyName': 'Copiar link: “{title}”, {when}',
  'clips.copied': 'Link copiado. Quem o tiver pode baixar o clipe até {when}.',
  'clips.linkHint': 'Quem o tiver pode baixar o clipe até {when}.',
  'clips.list': 'Clipes desta sala',
  'clips.loading': 'Carregando os clipes…',
  'clips.none': 'Ainda não há clipes',
  'clips.noneHint': 'O que os anfitriões desta sala salvam aparece aqui até que um deles o exclua.',
  'clips.remove': 'Excluir',
  'clips.removeName': 'Excluir “{title}”, {when}',
  'clips.removeTitle': 'Excluir o clipe “{title}”?',
  'clips.removeText': 'Ele some para sempre, e os links para ele deixam de funcionar.',
  'clips.removed': 'O clipe “{title}” foi excluído.',
  'clips.failed': 'O clipe não foi salvo',
  'clips.toldSeconds': {
    one: '{name} salvou um clipe do último segundo.',
    many: '{name} salvou um clipe dos últimos {count} de segundos.',
    other: '{name} salvou um clipe dos últimos {count} segundos.',
  },
  'clips.toldMinutes': {
    one: '{name} salvou um clipe do último minuto.',
    many: '{name} salvou um clipe dos últimos {count} de minutos.',
    other: '{name} salvou um clipe dos últimos {count} minutos.',
  },
  'clips.told': '{name} salvou um clipe desta sessão.',
} as const satisfies Record<keyof typeof englishClips, Message>;
