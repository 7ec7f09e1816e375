/** The sentences of the files and the share links of a recording on the admin page, in Brazilian Portuguese. */
import type { englishAdminFiles } from '../english-admin-files.ts';
import type { Message } from '../sentence.ts';

/** Part of the Portuguese catalogue of the admin page. */
export const adminFiles = {
  // Files
  'adminFiles.title': 'Arquivos',
  'adminFiles.count': {
    one: '{count} arquivo, {size}',
    many: '{count} de arquivos, {size}',
    other: '{count} arquivos, {size}',
  },
  'adminFiles.loading': 'Carregando a lista de arquivos…',
  'adminFiles.pieces': {
    one: 'Além destes, {count} parte da transmissão, que os players pedem automaticamente.',
    many: 'Além destes, {count} de partes da transmissão, que os players pedem automaticamente.',
    other: 'Além destes, {count} partes da transmissão, que os players pedem automaticamente.',
  },
  'adminFiles.about': '{name} · {size}',
  'adminFiles.sum': 'SHA-256 {sum}',
  'adminFiles.copySum': 'SHA-256 {sum} de {name}: copiar inteira',
  'adminFiles.copied': 'Copiado',
  'adminFiles.sumCopied': 'Soma de verificação copiada',
  'adminFiles.copyFailed': 'Este navegador não deixa páginas copiarem. A SHA-256 de {name} é {sum}.',
  'adminFiles.downloadName': 'Baixar {name}',
  // Kinds, by what the server calls them
  'fileKind.film': 'Vídeo',
  'fileKind.track': 'Faixa',
  'fileKind.shared': 'Arquivo compartilhado',
  'fileKind.timeline': 'Linha do tempo',
  'fileKind.captions': 'Legendas',
  'fileKind.table': 'Tabela',
  'fileKind.poster': 'Capa',
  'fileKind.sprite': 'Miniaturas',
  'fileKind.waveform': 'Forma de onda',
  'fileKind.vod': 'Streaming',
  // Titles that every archive has
  'fileTitle.timeline': 'Linha do tempo',
  'fileTitle.speakers': 'Quem fala',
  'fileTitle.chat': 'Chat',
  'fileTitle.attendance': 'Presença',
  'fileTitle.poster': 'Capa',
  'fileTitle.sprites': 'Miniaturas da barra de progresso',
  'fileTitle.sprite_places': 'Posições das miniaturas',
  'fileTitle.waveform': 'Volume',
  'fileTitle.playlist': 'Playlist HLS',
  // Share links
  'adminShares.title': 'Compartilhar',
  'adminShares.intro':
    'Quem tem o link vê o vídeo com seus capítulos, e nada mais, até que ele expire ou seja revogado.',
  'adminShares.term': 'Validade',
  'adminShares.hour': 'Uma hora',
  'adminShares.day': 'Um dia',
  'adminShares.week': 'Uma semana',
  'adminShares.month': '30 dias',
  'adminShares.make': 'Criar link',
  'adminShares.watchPage': 'Mostrar também no fim da página para assistir',
  'adminShares.moment': 'Começar em {time}, onde o vídeo está agora',
  'adminShares.new': 'O novo link',
  'adminShares.link': 'Link; expira: {when}',
  'adminShares.until': 'Expira: {when}',
  'adminShares.untilWatch': 'Expira: {when}; também no fim da página para assistir',
  'adminShares.takeBack': 'Revogar',
  'adminShares.takeBackName': 'Revogar o link (expira: {when})',
} as const satisfies Record<keyof typeof englishAdminFiles, Message>;
