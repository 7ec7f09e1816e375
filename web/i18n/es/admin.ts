/** The sentences of the frame of the admin page, and those that several of its views say, in Spanish. */
import type { englishAdmin } from '../english-admin.ts';
import type { Message } from '../sentence.ts';

/** Part of the Spanish catalogue of the admin page. */
export const admin = {
  'admin.title': 'Administración',
  'admin.recordings': 'Grabaciones',
  'admin.rooms': 'Salas',
  'admin.people': 'Personas',
  'admin.events': 'Eventos',
  'admin.settings': 'Ajustes',
  'admin.audit': 'Registro',
  'admin.signOut': 'Cerrar sesión',
  // Without a token
  'admin.tokenHint':
    'Introduzca el token de administrador. El servidor lo mostró, con un enlace a esta página, la primera vez que se inició.',
  'admin.noAdmin': '{name} no tiene permisos de administrador',
  'admin.noAdminHint':
    'Pídaselos a un administrador o inicie sesión con otra cuenta. Con el token de administrador también puede entrar.',
  'admin.tokenRefused': 'Este token no es válido',
  'admin.asking': 'Comprobando quién ha iniciado sesión…',
  'admin.token': 'Token de administrador',
  'admin.continue': 'Continuar',
  // Several views
  'admin.refused': 'No se pudo completar la acción',
  'admin.stale': 'La lista no está actualizada',
  'admin.delete': 'Eliminar',
  'admin.download': 'Descargar',
  'admin.again': 'Reintentar',
  'admin.keep': 'Conservar',
} as const satisfies Record<keyof typeof englishAdmin, Message>;
