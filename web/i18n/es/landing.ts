/** The page where one starts a room or goes to one, in Spanish. */
import type { englishLanding } from '../english-landing.ts';
import type { Message } from '../sentence.ts';

/** Part of the Spanish catalogue. */
export const landing = {
  'landing.title': 'Todos en una sola imagen, en vivo y grabada',
  'landing.lead':
    'Abra un enlace, encienda la cámara y aparezca junto a los demás en una misma imagen con hora exacta: se ve en cualquier lugar como transmisión y se guarda en un solo MP4.',
  // A new room
  'landing.start': 'Crear una sala',
  'landing.roomTitle': 'Título',
  'landing.roomTitleExample': 'Reunión del lunes',
  'landing.private': 'Visible solo con el enlace para ver',
  'landing.more': 'Más opciones',
  'landing.recordsItself': 'Grabar automáticamente en cuanto haya alguien en la sala',
  'landing.layout': 'Diseño inicial',
  'landing.layoutGrid': 'Cuadrícula: todos del mismo tamaño',
  'landing.layoutSpeaker': 'Orador: quien habla, en grande',
  'landing.layoutSideBySide': 'Lado a lado: dos del mismo tamaño',
  'landing.layoutPresentation': 'Presentación: la pantalla compartida, en grande',
  'landing.layoutPortrait': 'Vertical: una columna, para teléfonos',
  'landing.token': 'Token de administrador',
  'landing.tokenHint':
    'En este servidor solo los administradores crean salas. El token se mostró cuando el servidor arrancó por primera vez.',
  'landing.tokenFirst': 'Este servidor pide primero su token de administrador: escríbalo arriba.',
  'landing.signIn': 'Iniciar sesión con una cuenta',
  'landing.failed': 'No se creó la sala',
  'landing.create': 'Crear sala',
  'landing.creating': 'Creando…',
  'landing.ready': '«{title}» está lista',
  'landing.enter': 'Entrar como anfitrión',
  'landing.another': 'Crear otra',
  // A room that is there
  'landing.join': 'Unirse a una sala',
  'landing.address': 'Enlace de invitación o ID de la sala',
  'landing.go': 'Continuar',
  'landing.noAddress':
    'No es un enlace de sala ni un ID. Pegue completo el enlace que recibió; un ID solo contiene letras, cifras, - y _.',
} as const satisfies Record<keyof typeof englishLanding, Message>;
