/** The sentences of the health and the settings of the server on the admin page, in Spanish. */
import type { englishAdminServer } from '../english-admin-server.ts';
import type { Message } from '../sentence.ts';

/** Part of the Spanish catalogue of the admin page. */
export const adminServer = {
  // Health
  'adminHealth.title': 'Estado',
  'adminHealth.allWell': 'Todo en orden',
  'adminHealth.bad': { one: '{count} problema', many: '{count} de problemas', other: '{count} problemas' },
  'adminHealth.failed': 'El servidor no informa de su estado',
  'adminHealth.well': '{check}: en orden',
  'adminHealth.ill': '{check}: requiere atención',
  // By what the server calls its checks
  'healthCheck.ffmpeg': 'FFmpeg',
  'healthCheck.redis': 'Redis',
  'healthCheck.database': 'Base de datos',
  'healthCheck.disk': 'Disco',
  'healthCheck.archives': 'Archivado',
  'healthCheck.renders': 'Otras versiones',
  'healthDetail.answers': 'Responde',
  'healthDetail.archives_attended': 'Ninguna grabación espera a un proceso de archivado',
  'healthDetail.renders_attended': 'Ninguna espera a un proceso de archivado',
  'healthDetail.worker_missing':
    'No hay ningún proceso de archivado conectado. Ejecute «gridcast worker», o ponga archive.workers en 1 o más y reinicie el servidor.',
  'healthDetail.worker_ended':
    'El proceso de archivado del propio servidor no funciona. El registro del servidor dice por qué termina.',
  'healthDetail.redis_silent': 'No responde. Las salas en vivo continúan; los archivados esperan hasta que vuelva.',
  'healthDetail.redis_refuses':
    'Responde, pero no acepta nada. Las salas en vivo continúan; los archivados esperan. El registro del servidor dice lo que Redis responde.',
  'healthDetail.database_silent':
    'No responde. Las salas en vivo continúan; las listas y los ajustes esperan hasta que vuelva.',
  'healthDetail.disk_free': '{free} libres',
  'healthDetail.disk_low': 'Solo quedan {free} libres. Elimine grabaciones o mueva la carpeta de datos.',
  'healthDetail.disk_unwritable': 'No se puede escribir en la carpeta de datos: {reason}',
  // Beside recordings that wait for it
  'archiveWait.title': 'Hay grabaciones a la espera de archivarse',
  'archiveWait.kept': 'Lo grabado se conserva; el archivado continúa por sí solo en cuanto esto se resuelva.',
  'renderWait.title': 'Hay versiones a la espera',
  'renderWait.kept': 'Lo pedido se conserva; las versiones se crean por sí solas en cuanto esto se resuelva.',
  // Settings
  'adminSettings.intro':
    'Con qué funciona este servidor. Los ajustes se cambian en el archivo de configuración o en el entorno, y valen a partir del próximo inicio; {file} explica cada uno.',
  'adminSettings.loading': 'Cargando los ajustes…',
  'adminSettings.failed': 'No se pueden mostrar los ajustes',
  'adminSettings.search': 'Buscar en los ajustes',
  'adminSettings.changedOnly': 'Solo los definidos',
  'adminSettings.noMatch': 'Ningún ajuste coincide',
  'adminSettings.noMatchHint': 'Busque otras palabras.',
  'adminSettings.noMatchSet': 'Busque otras palabras o muestre también los valores predeterminados.',
  'adminSettings.setting': 'Ajuste',
  'adminSettings.value': 'Valor',
  'adminSettings.from': 'Origen',
  'adminSettings.default': 'Predeterminado',
  'adminSettings.file': 'Archivo',
  'adminSettings.environment': 'Entorno',
  'adminSettings.unset': 'Sin definir',
  'adminSettings.secret': 'Definido; no se muestra',
} as const satisfies Record<keyof typeof englishAdminServer, Message>;
