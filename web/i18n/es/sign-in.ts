/** Signing in, in Spanish. */
import type { englishSignIn } from '../english-sign-in.ts';
import type { Message } from '../sentence.ts';

/** Part of the Spanish catalogue. */
export const signIn = {
  'signIn.title': 'Iniciar sesión',
  'signIn.hint':
    'Con la cuenta que le creó un administrador de este servidor. Los invitados no la necesitan: les basta un enlace.',
  'signIn.firstTitle': 'La primera cuenta',
  'signIn.firstHint':
    'Será de administrador y servirá para crear las cuentas de los demás. Este enlace solo se puede usar una vez.',
  'signIn.name': 'Nombre',
  'signIn.login': 'Usuario',
  'signIn.loginHint': 'Letras sin acentos, cifras o alguno de . _ @ + -; sirve una dirección de correo.',
  'signIn.password': 'Contraseña',
  'signIn.passwordHint': 'Al menos 10 caracteres; varias palabras juntas son fáciles de recordar.',
  'signIn.go': 'Iniciar sesión',
  'signIn.make': 'Crear la cuenta',
  'signIn.refused': 'No se pudo iniciar sesión',
  'signIn.failed': 'No se puede acceder al servidor; compruebe la conexión e inténtelo de nuevo.',
  'signIn.in': 'Sesión iniciada como {name}',
  'signIn.inHint': 'Las salas que cree son suyas; las personas de este servidor están en «Contactos».',
  'signIn.contacts': 'Contactos',
  'signIn.rooms': 'Salas',
  'signIn.out': 'Cerrar sesión',
  // What the server does not take
  'field.login':
    'El usuario necesita de 1 a 64 letras sin acentos, cifras o alguno de . _ @ + - y empieza por una letra o una cifra.',
  'field.name': 'El nombre necesita de 1 a 64 caracteres, ninguno invisible.',
  'field.password': 'La contraseña necesita de 10 a 128 caracteres.',
} as const satisfies Record<keyof typeof englishSignIn, Message>;
