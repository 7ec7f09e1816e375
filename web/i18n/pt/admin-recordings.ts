/** The sentences of the list of recordings on the admin page, in Portuguese. */
import type { englishAdminRecordings } from '../english-admin-recordings.ts';
import type { Message } from '../sentence.ts';

/** Part of the Portuguese catalogue of the admin page. */
export const adminRecordings = {
  'adminRecordings.loading': 'Carregando as gravações…',
  'adminRecordings.failedAgain': 'Ela é consultada de novo a cada poucos segundos.',
  'adminRecordings.ask': 'Consultar agora',
  'adminRecordings.more': 'Mostrar mais',
  'adminRecordings.moreLoading': 'Carregando…',
  'adminRecordings.noMatch': 'Nenhuma gravação corresponde',
  'adminRecordings.noMatchHint': 'Pesquise menos palavras ou remova um filtro.',
  'adminRecordings.all': 'Mostrar todas as gravações',
  'adminRecordings.none': 'Nada foi gravado ainda',
  'adminRecordings.noneHint':
    'Clique em “Gravar” em uma sala ao vivo, e a gravação aparece aqui. Ao parar, ela vira um vídeo, com capítulos e as faixas de cada pessoa.',
  'adminRecordings.rooms': 'Mostrar as salas',
  // Filters
  'adminRecordings.search': 'Pesquisar',
  'adminRecordings.searchHint': 'Título, sala ou pessoa',
  'adminRecordings.room': 'Sala',
  'adminRecordings.allRooms': 'Todas as salas',
  'adminRecordings.state': 'Estado',
  'adminRecordings.allStates': 'Todos os estados',
  'adminRecordings.since': 'De',
  'adminRecordings.until': 'Até',
  'adminRecordings.clear': 'Limpar',
  // States
  'recordingState.recording': 'Gravando',
  'recordingState.paused': 'Em pausa',
  'recordingState.archiving': 'Arquivando',
  'recordingState.archivingPercent': 'Arquivando: {percent}%',
  'recordingState.ready': 'Pronta',
  'recordingState.failed': 'Falhou',
  'recordingState.recovered': 'Recuperada',
  'recordingState.uploading': 'Enviando',
  // One recording
  'adminRecordings.archiving': 'Arquivando {title}',
  'adminRecordings.people': {
    one: '{names} e mais {count} pessoa',
    many: '{names} e mais {count} de pessoas',
    other: '{names} e mais {count} pessoas',
  },
  'adminRecordings.stop': 'Parar',
  'adminRecordings.stopName': 'Parar a gravação {title}',
  'adminRecordings.downloadName': 'Baixar {title}',
  'adminRecordings.deleteName': 'Excluir a gravação {title}',
  'adminRecordings.trouble': 'No momento nem tudo pode ser guardado',
  'adminRecordings.failed': 'O arquivamento não terminou',
  'adminRecordings.noReason': 'O servidor não informou a causa; o log dele diz mais.',
  'adminRecordings.kept': 'O que foi gravado está guardado.',
  'adminRecordings.deleteTitle': 'Excluir “{title}”?',
  'adminRecordings.deleteAll':
    'A gravação de {date} (duração: {length}) será excluída para sempre, com todos os arquivos, versões e links compartilhados.',
  'adminRecordings.deleteAllSize':
    'A gravação de {date} (duração: {length}; {size}) será excluída para sempre, com todos os arquivos, versões e links compartilhados.',
  'adminRecordings.clipsStay': {
    one: '{count} clipe dela permanece na sala.',
    many: '{count} de clipes dela permanecem na sala.',
    other: '{count} clipes dela permanecem na sala.',
  },
  'adminRecordings.deleteDo': 'Excluir gravação',
  'adminRecordings.deleted': '“{title}” foi excluída.',
  // The trash
  'adminTrash.title': 'Gravações excluídas',
  'adminTrash.loading': 'Carregando as gravações excluídas…',
  'adminTrash.none': 'A lixeira está vazia',
  'adminTrash.noneHint': {
    one: 'Uma gravação excluída pode ser restaurada aqui por {count} dia.',
    many: 'Uma gravação excluída pode ser restaurada aqui por {count} de dias.',
    other: 'Uma gravação excluída pode ser restaurada aqui por {count} dias.',
  },
  'adminTrash.off': 'O que é excluído desaparece na hora: as configurações não preveem lixeira.',
  'adminTrash.intro':
    'Elas podem ser restauradas até serem excluídas para sempre. Até lá ocupam espaço; se faltar, a que foi excluída primeiro desaparece antes.',
  'adminTrash.until': 'Excluída em {deleted}, para sempre em {until}',
  'adminTrash.restore': 'Restaurar',
  'adminTrash.restoreName': 'Restaurar “{title}”',
  'adminTrash.forGood': 'Excluir para sempre',
  'adminTrash.forGoodName': 'Excluir para sempre: “{title}”',
  'adminTrash.forGoodTitle': 'Excluir “{title}” para sempre?',
  'adminTrash.restored': '“{title}” foi restaurada.',
  'adminTrash.gone': '“{title}” foi excluída para sempre.',
  'adminTrash.deleteText': {
    one: 'A gravação de {date} (duração: {length}) vai para as gravações excluídas, onde pode ser restaurada por {count} dia. Até lá ninguém a vê, nem por um link, e ela ocupa espaço.',
    many: 'A gravação de {date} (duração: {length}) vai para as gravações excluídas, onde pode ser restaurada por {count} de dias. Até lá ninguém a vê, nem por um link, e ela ocupa espaço.',
    other:
      'A gravação de {date} (duração: {length}) vai para as gravações excluídas, onde pode ser restaurada por {count} dias. Até lá ninguém a vê, nem por um link, e ela ocupa espaço.',
  },
} as const satisfies Record<keyof typeof englishAdminRecordings, Message>;
