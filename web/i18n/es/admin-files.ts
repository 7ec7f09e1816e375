/** The sentences of the files and the share links of a recording on the admin page, in Spanish. */
import type { englishAdminFiles } from '../english-admin-files.ts';
import type { Message } from '../sentence.ts';

/** Part of the Spanish catalogue of the admin page. */
export const adminFiles = {
  // Files
  'adminFiles.title': 'Archivos',
  'adminFiles.count': {
    one: '{count} archivo, {size}',
    many: '{count} de archivos, {size}',
    other: '{count} archivos, {size}',
  },
  'adminFiles.loading': 'Cargando la lista de archivos…',
  'adminFiles.pieces': {
    one: 'Además, {count} fragmento de la transmisión, que los reproductores piden automáticamente.',
    many: 'Además, {count} de fragmentos de la transmisión, que los reproductores piden automáticamente.',
    other: 'Además, {count} fragmentos de la transmisión, que los reproductores piden automáticamente.',
  },
  'adminFiles.about': '{name} · {size}',
  'adminFiles.sum': 'SHA-256 {sum}',
  'adminFiles.copySum': 'SHA-256 {sum} de {name}: copiar completa',
  'adminFiles.copied': 'Copiado',
  'adminFiles.sumCopied': 'Suma de verificación copiada',
  'adminFiles.copyFailed': 'Este navegador no permite copiar a las páginas. La SHA-256 de {name} es {sum}.',
  'adminFiles.downloadName': 'Descargar {name}',
  // Kinds, by what the server calls them
  'fileKind.film': 'Video',
  'fileKind.track': 'Pista',
  'fileKind.shared': 'Archivo compartido',
  'fileKind.timeline': 'Línea de tiempo',
  'fileKind.captions': 'Subtítulos',
  'fileKind.table': 'Tabla',
  'fileKind.poster': 'Portada',
  'fileKind.sprite': 'Miniaturas',
  'fileKind.waveform': 'Forma de onda',
  'fileKind.vod': 'Streaming',
  // Titles that every archive has
  'fileTitle.timeline': 'Línea de tiempo',
  'fileTitle.speakers': 'Quién habla',
  'fileTitle.chat': 'Chat',
  'fileTitle.attendance': 'Asistencia',
  'fileTitle.poster': 'Portada',
  'fileTitle.sprites': 'Miniaturas de la barra de progreso',
  'fileTitle.sprite_places': 'Posiciones de las miniaturas',
  'fileTitle.waveform': 'Volumen',
  'fileTitle.playlist': 'Lista HLS',
  // Share links
  'adminShares.title': 'Compartir',
  'adminShares.intro': 'Quien tiene el enlace ve el video con sus capítulos, y nada más, hasta que caduque o se anule.',
  'adminShares.term': 'Validez',
  'adminShares.hour': 'Una hora',
  'adminShares.day': 'Un día',
  'adminShares.week': 'Una semana',
  'adminShares.month': '30 días',
  'adminShares.make': 'Crear enlace',
  'adminShares.watchPage': 'Mostrarlo también al final de la página para ver',
  'adminShares.moment': 'Empezar en {time}, donde está ahora el video',
  'adminShares.new': 'El nuevo enlace',
  'adminShares.link': 'Enlace; caduca: {when}',
  'adminShares.until': 'Caduca: {when}',
  'adminShares.untilWatch': 'Caduca: {when}; también al final de la página para ver',
  'adminShares.takeBack': 'Anular',
  'adminShares.takeBackName': 'Anular el enlace (caduca: {when})',
} as const satisfies Record<keyof typeof englishAdminFiles, Message>;
