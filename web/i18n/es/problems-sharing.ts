/** What the server refuses: files and the chat, in Spanish. */
import type { ProblemWords } from '../message.ts';
import type { ProblemCode } from '../problem-codes.ts';

/** Part of the Spanish catalogue. */
export const problemsSharing = {
  // Files
  'api.disk_floor': {
    title: 'Disco casi lleno',
    detail: 'El disco del servidor está casi lleno y no se aceptan archivos; quien lo administra debe liberar espacio.',
  },
  'api.files_off': {
    title: 'Archivos desactivados',
    detail: 'En esta sala los archivos están desactivados; pida a un anfitrión que los active.',
  },
  'api.file_not_found': {
    title: 'El archivo no existe',
    detail: 'Este archivo ya no existe; quizá se eliminó.',
  },
  'api.file_incomplete': {
    title: 'El archivo está incompleto',
    detail: 'Este archivo todavía no ha llegado entero; inténtelo cuando esté compartido.',
  },
  'api.file_too_large': {
    title: 'El archivo es demasiado grande',
    detail: 'El archivo supera el tamaño permitido; envíelo por partes o redúzcalo.',
  },
  'api.too_many_files': {
    title: 'Demasiados archivos',
    detail: 'La sala ya tiene el máximo de archivos; elimine alguno que nadie necesite.',
  },
  'api.too_many_unfinished': {
    title: 'Demasiados envíos sin terminar',
    detail: 'Tiene demasiados archivos sin terminar de enviar; espere a que acabe uno o cancélelo.',
  },
  'api.too_many_uploads': {
    title: 'Demasiados envíos a la vez',
    detail: 'Está enviando demasiados archivos a la vez; espere a que termine alguno.',
  },
  'api.too_fast': {
    title: 'Demasiado rápido',
    detail: 'Está enviando archivos demasiado rápido; espere unos segundos.',
  },
  'api.user_quota': {
    title: 'No le queda espacio',
    detail: 'El archivo no cabe en su espacio de esta sala; elimine alguno de los suyos.',
  },
  'api.room_quota': {
    title: 'La sala no tiene espacio',
    detail: 'El archivo no cabe en el espacio de la sala; elimine antes otro.',
  },
  'api.not_yours': {
    title: 'No es suyo',
    detail: 'Solo puede hacerlo quien lo envió o un anfitrión.',
  },
  // Chat
  'api.chat_slow': {
    title: 'Modo lento',
    detail: 'El chat está en modo lento; espere un poco antes de volver a escribir.',
  },
  'api.chat_too_fast': {
    title: 'Demasiado rápido',
    detail: 'Escribe más rápido de lo que se puede leer; espere unos segundos.',
  },
  'api.chat_room_busy': {
    title: 'Demasiados mensajes',
    detail: 'En esta sala se escribe demasiado a la vez; inténtelo de nuevo en unos segundos.',
  },
  'api.chat_closed': {
    title: 'Chat solo para la sala',
    detail: 'El chat es solo para quienes están en la sala.',
  },
  'api.chat_read_only': {
    title: 'Chat de solo lectura',
    detail: 'Los espectadores solo pueden leer este chat; escriben quienes están en la sala.',
  },
  'api.members_only': {
    title: 'Solo para la sala',
    detail: 'Solo puede guardar el chat quien está en la sala; pida el archivo a un anfitrión.',
  },
  'api.not_admitted': {
    title: 'Solo para la sala',
    detail: 'Esto es para quienes están en la sala; entre primero en ella.',
  },
  'api.message_gone': { title: 'El mensaje ya no existe', detail: 'Este mensaje ya no existe.' },
  'api.to_oneself': {
    title: 'Elija a otra persona',
    detail: 'No puede enviarse un mensaje privado a sí mismo; elija a otra persona.',
  },
  'api.recipient_gone': {
    title: 'Ya no está',
    detail: 'Esta persona ya no está en la sala; escriba a alguien que sí esté.',
  },
  'api.reply_private': {
    title: 'Respuesta privada',
    detail: 'Un mensaje privado se contesta en privado, a quien lo escribió.',
  },
  'api.viewers_not': {
    title: 'No es para espectadores',
    detail: 'Los archivos de esta sala son para quienes están en ella; pida una invitación a un anfitrión.',
  },
  'api.upload_busy': {
    title: 'Ya se está enviando',
    detail: 'Este archivo ya se está enviando desde otro sitio, quizá desde otra pestaña.',
  },
  'api.upload_cut': { title: 'Envío interrumpido', detail: 'El envío se interrumpió; reanúdelo.' },
  'api.checksum_mismatch': { title: 'Archivo dañado', detail: 'El archivo llegó dañado; empiece el envío de nuevo.' },
  'api.too_many_bytes': {
    title: 'Archivo modificado',
    detail: 'El archivo es más grande que al principio; empiece el envío de nuevo.',
  },
  'api.bad_upload': { title: 'Envío rechazado', detail: 'El servidor no entendió este envío; empiécelo de nuevo.' },
  'api.offset_mismatch': {
    title: 'Envío interrumpido',
    detail: 'Al servidor no llegó tanto como se esperaba; reanude el envío.',
  },
  'api.private_off': {
    title: 'Sin mensajes privados',
    detail: 'En esta sala los mensajes privados están desactivados; escriba a todos.',
  },
  'api.name_missing': { title: 'Falta el nombre', detail: 'Falta el nombre de quien escribe; indique antes el suyo.' },
  'api.body_too_large': { title: 'Demasiado a la vez', detail: 'Es demasiado de una vez; acórtelo.' },
} as const satisfies Partial<Record<ProblemCode, ProblemWords>>;
