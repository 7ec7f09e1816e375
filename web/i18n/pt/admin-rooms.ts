/** The sentences of the rooms on the admin page, in Portuguese. */
import type { englishAdminRooms } from '../english-admin-rooms.ts';
import type { Message } from '../sentence.ts';

/** Part of the Portuguese catalogue of the admin page. */
export const adminRooms = {
  'adminRooms.newTitle': 'Título de uma nova sala',
  'adminRooms.create': 'Criar',
  'adminRooms.search': 'Pesquisar salas',
  'adminRooms.searchHint': 'Pesquisar títulos e IDs',
  'adminRooms.loading': 'Carregando as salas…',
  'adminRooms.noMatch': 'Nenhuma sala com esse nome',
  'adminRooms.noMatchHint': 'Pesquise outras palavras do título ou do ID.',
  'adminRooms.none': 'Ainda não há salas',
  'adminRooms.noneHint': 'Crie uma acima e envie o link de convite a quem deve aparecer na imagem.',
  'adminRooms.more': 'Mostrar mais salas',
  'adminRooms.deleteTitle': 'Excluir “{title}”?',
  'adminRooms.deleteLive':
    'Todas as pessoas da sala são desconectadas e os links dela param de funcionar. As gravações ficam; os clipes são excluídos com ela.',
  'adminRooms.deleteIdle': 'Os links dela param de funcionar. As gravações ficam; os clipes são excluídos com ela.',
  'adminRooms.deleteDo': 'Excluir sala',
  // One room
  'adminRooms.deleteName': 'Excluir a sala {title}',
  'adminRooms.picture': 'O que “{title}” mostra',
  'adminRooms.live': 'Ao vivo',
  'adminRooms.idle': 'Inativa',
  'adminRooms.rec': 'REC {length}',
  'adminRooms.recPaused': 'REC em pausa {length}',
  'adminRooms.trouble': 'A gravação está com problemas',
  'adminRooms.join': 'Entrar',
  'adminRooms.links': 'Links',
  'adminRooms.id': 'ID {id}',
  'adminRooms.people': { one: '{count} pessoa', many: '{count} de pessoas', other: '{count} pessoas' },
  'adminRooms.watching': { one: '{count} espectador', many: '{count} de espectadores', other: '{count} espectadores' },
  'adminRooms.tiles': { one: '{count} bloco', many: '{count} de blocos', other: '{count} blocos' },
  'adminRooms.pictures': {
    one: '{count} imagem, atrasadas: {late}, omitidas: {skipped}',
    many: '{count} de imagens, atrasadas: {late}, omitidas: {skipped}',
    other: '{count} imagens, atrasadas: {late}, omitidas: {skipped}',
  },
  'adminRooms.record': 'Gravar',
  'adminRooms.recordHint': 'Gravar o que se vê e se ouve',
  'adminRooms.recordLater': 'Não há ninguém na sala; é possível gravar quando houver alguém',
  'adminRooms.pauseName': 'Pausar a gravação',
  'adminRooms.goOnName': 'Retomar a gravação',
  'adminRooms.stopName': 'Parar a gravação',
  'adminRooms.marker': 'Nome de um marcador em {title}',
  // How its program goes
  'roomHealth.reduced': 'Reduzida, nível {step} de {steps}',
  'roomHealth.reducedDetail':
    'A máquina é lenta demais para tudo. Volta ao normal automaticamente quando houver folga.',
  'roomHealth.late': 'Imagens atrasadas',
  'roomHealth.lateDetail': '{percent}% das imagens atrasaram ou foram omitidas.',
  'roomHealth.well': 'Tudo bem',
  'roomHealth.wellDetail': 'Todas as imagens chegam a tempo.',
  'roomHealth.restarted': {
    one: 'A imagem foi reiniciada uma vez.',
    many: 'A imagem foi reiniciada {count} de vezes.',
    other: 'A imagem foi reiniciada {count} vezes.',
  },
} as const satisfies Record<keyof typeof englishAdminRooms, Message>;
