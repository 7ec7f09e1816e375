/** The sentences of the health and the settings of the server on the admin page, in Brazilian Portuguese. */
import type { englishAdminServer } from '../english-admin-server.ts';
import type { Message } from '../sentence.ts';

/** Part of the Portuguese catalogue of the admin page. */
export const adminServer = {
  // Health
  'adminHealth.title': 'Estado',
  'adminHealth.allWell': 'Tudo em ordem',
  'adminHealth.bad': { one: '{count} problema', many: '{count} de problemas', other: '{count} problemas' },
  'adminHealth.failed': 'O servidor não informa o seu estado',
  'adminHealth.well': '{check}: em ordem',
  'adminHealth.ill': '{check}: requer atenção',
  // By what the server calls its checks
  'healthCheck.ffmpeg': 'FFmpeg',
  'healthCheck.redis': 'Redis',
  'healthCheck.database': 'Banco de dados',
  'healthCheck.disk': 'Disco',
  'healthCheck.archives': 'Arquivamento',
  'healthCheck.renders': 'Outras versões',
  'healthDetail.answers': 'Responde',
  'healthDetail.archives_attended': 'Nenhuma gravação espera por um processo de arquivamento',
  'healthDetail.renders_attended': 'Nenhuma espera por um processo de arquivamento',
  'healthDetail.worker_missing':
    'Nenhum processo de arquivamento está conectado. Execute “gridcast worker”, ou defina archive.workers como 1 ou mais e reinicie o servidor.',
  'healthDetail.worker_ended':
    'O processo de arquivamento do próprio servidor não está rodando. O log do servidor diz por que ele termina.',
  'healthDetail.redis_silent': 'Não responde. As salas ao vivo continuam; o arquivamento espera até que volte.',
  'healthDetail.redis_refuses':
    'Responde, mas não aceita nada. As salas ao vivo continuam; o arquivamento espera. O log do servidor contém o que o Redis diz.',
  'healthDetail.database_silent':
    'Não responde. As salas ao vivo continuam; as listas e as configurações esperam até que volte.',
  'healthDetail.disk_free': '{free} livres',
  'healthDetail.disk_low': 'Só restam {free} livres. Exclua gravações ou mova a pasta de dados.',
  'healthDetail.disk_unwritable': 'Não é possível escrever na pasta de dados: {reason}',
  // Beside recordings that wait for it
  'archiveWait.title': 'Há gravações à espera de arquivamento',
  'archiveWait.kept': 'O que foi gravado está guardado; o arquivamento continua sozinho assim que isto for resolvido.',
  'renderWait.title': 'Há versões à espera',
  'renderWait.kept': 'O que foi pedido está guardado; as versões são criadas sozinhas assim que isto for resolvido.',
  // Settings
  'adminSettings.intro':
    'Com o que este servidor funciona. As configurações são alteradas no arquivo de configuração ou no ambiente e valem a partir do próximo início; {file} explica cada uma.',
  'adminSettings.loading': 'Carregando as configurações…',
  'adminSettings.failed': 'Não é possível mostrar as configurações',
  'adminSettings.search': 'Buscar nas configurações',
  'adminSettings.changedOnly': 'Só as definidas',
  'adminSettings.noMatch': 'Nenhuma configuração corresponde',
  'adminSettings.noMatchHint': 'Busque outras palavras.',
  'adminSettings.noMatchSet': 'Busque outras palavras ou mostre também os valores padrão.',
  'adminSettings.setting': 'Configuração',
  'adminSettings.value': 'Valor',
  'adminSettings.from': 'Origem',
  'adminSettings.default': 'Padrão',
  'adminSettings.file': 'Arquivo',
  'adminSettings.environment': 'Ambiente',
  'adminSettings.unset': 'Não definido',
  'adminSettings.secret': 'Definido; não é mostrado',
} as const satisfies Record<keyof typeof englishAdminServer, Message>;
