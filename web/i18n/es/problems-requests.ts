/** What the server refuses: rooms, people, calls and recordings, in Spanish. */
import type { ProblemWords } from '../message.ts';
import type { ProblemCode } from '../problem-codes.ts';

/** Part of the Spanish catalogue. */
export const problemsRequests = {
  'api.unreachable': {
    title: 'No se puede acceder al servidor',
    detail: 'No se puede acceder al servidor; compruebe la conexión e inténtelo de nuevo.',
  },
  'api.page_outdated': {
    title: 'Esta página es más antigua que el servidor',
    detail: 'El servidor se actualizó después de abrir esta página. Recargue la página.',
    action: 'Recargar la página',
  },
  'api.internal': {
    title: 'Error del servidor',
    detail: 'Algo falló en el servidor. Inténtelo de nuevo; si se repite, avise al administrador.',
  },
  'api.rate_limited': {
    title: 'Demasiadas peticiones',
    detail: 'Demasiadas peticiones seguidas; espere un momento e inténtelo de nuevo.',
  },
  // Links and permissions
  'api.token_missing': { title: 'Falta el enlace', detail: 'Pida un enlace a un anfitrión de la sala.' },
  'api.token_invalid': {
    title: 'El enlace no es válido',
    detail: 'El enlace no es válido; pida uno nuevo a un anfitrión de la sala.',
  },
  'api.token_expired': {
    title: 'El enlace ha caducado',
    detail: 'El enlace ha caducado; pida uno nuevo a un anfitrión de la sala.',
  },
  'api.token_revoked': {
    title: 'El enlace se anuló',
    detail: 'El enlace se anuló; pida uno nuevo a un anfitrión de la sala.',
  },
  'api.token_earlier_room': {
    title: 'Este enlace es de una sala anterior',
    detail: 'La sala se eliminó y se creó de nuevo con el mismo identificador; pida un enlace nuevo a un anfitrión.',
  },
  'api.invite_used_up': {
    title: 'El enlace está agotado',
    detail: 'Ya han usado este enlace todas las personas previstas; pida otro a un anfitrión de la sala.',
  },
  'api.signed_out': { title: 'La sesión está cerrada', detail: 'La sesión está cerrada; vuelva a iniciarla.' },
  'api.removed': {
    title: 'Le han expulsado',
    detail: 'Un anfitrión le ha expulsado de esta sala; pídale otra invitación.',
  },
  'api.banned': {
    title: 'No puede entrar en esta sala',
    detail: 'Un anfitrión ha vetado su entrada en esta sala; si es un error, hable con esa persona.',
  },
  'api.admin_only': {
    title: 'Solo para administradores',
    detail: 'Solo un administrador puede hacer esto; pídaselo a uno.',
  },
  'api.host_only': {
    title: 'Solo para anfitriones',
    detail: 'Solo un anfitrión de esta sala puede hacer esto; pídale un enlace de anfitrión.',
  },
  'api.not_a_member': {
    title: 'No está en esta sala',
    detail: 'Ha iniciado sesión, pero no forma parte de esta sala; pida un enlace a un anfitrión.',
  },
  'api.wrong_room': {
    title: 'El enlace es de otra sala',
    detail: 'Su enlace es de otra sala; pida uno para esta.',
  },
  'api.room_not_found': {
    title: 'Esta sala no existe',
    detail: 'Esta sala no existe o ya no existe; revise el enlace o pida uno nuevo.',
  },
  // People of a room
  'api.participant_not_found': { title: 'Ya no está', detail: 'Esta persona ya no está en la sala.' },
  'api.not_waiting': { title: 'Ya no espera', detail: 'Esta persona ya no está esperando; revise la lista.' },
  'api.no_password': {
    title: 'La sala no tiene contraseña',
    detail: 'Esta sala no tiene contraseña; pida una invitación a un anfitrión.',
  },
  'api.password_wrong': {
    title: 'Contraseña incorrecta',
    detail: 'La contraseña de la sala no es correcta; pídala al anfitrión.',
  },
  'api.too_many_attempts': {
    title: 'Demasiados intentos',
    detail: 'Demasiados intentos; espere {wait} e inténtelo de nuevo.',
  },
  'api.too_many_invites': {
    title: 'Demasiados enlaces',
    detail: 'La sala ya tiene demasiados enlaces; anule alguno primero.',
  },
  'api.invite_not_found': {
    title: 'El enlace ya no existe',
    detail: 'Este enlace ya no existe; quizá ha caducado.',
  },
  'api.too_many_bans': {
    title: 'Demasiadas personas vetadas',
    detail: 'La sala ya tiene demasiadas personas vetadas; levante antes algún veto.',
  },
  // Accounts
  'api.sign_in_failed': {
    title: 'No se pudo iniciar sesión',
    detail: 'El usuario o la contraseña no son correctos; inténtelo de nuevo.',
  },
  'api.first_token_invalid': {
    title: 'El enlace ya no es válido',
    detail: 'Este enlace ya se usó o no es correcto; el servidor muestra uno al arrancar si aún no hay cuentas.',
  },
  'api.passwords_busy': {
    title: 'Servidor ocupado',
    detail: 'Ahora mismo hay demasiadas personas iniciando sesión; inténtelo de nuevo en un momento.',
  },
  'api.login_taken': {
    title: 'El usuario ya existe',
    detail: 'Ya hay una cuenta con este usuario; elija otro.',
  },
  'api.user_not_found': {
    title: 'La cuenta ya no existe',
    detail: 'Esta cuenta ya no existe; actualice la lista.',
  },
  'api.accounts_off': { title: 'Sin cuentas', detail: 'Este servidor no tiene cuentas.' },
  'api.user_only': {
    title: 'Inicie sesión',
    detail: 'Para esto hay que iniciar sesión.',
  },
  // Calls
  'api.call_engaged': {
    title: 'Ya está en una llamada',
    detail: 'Ya está en una llamada; termínela primero.',
  },
  'api.call_over': { title: 'La llamada ha terminado', detail: 'Esta llamada ha terminado; vuelva a llamar.' },
  'api.call_self': { title: 'Es usted', detail: 'No puede llamarse a sí mismo; elija a otra persona.' },
  'api.call_there': { title: 'Ya está en la llamada', detail: 'Esta persona ya está en la llamada.' },
  'api.too_many_tabs': {
    title: 'Demasiadas pestañas',
    detail: 'Tiene demasiadas páginas de contactos abiertas; cierre alguna y recargue esta.',
  },
  // Pictures and recordings
  'api.not_a_picture': {
    title: 'No es una imagen válida',
    detail: 'El archivo no es una imagen PNG, JPEG o WebP completa; elija otro.',
  },
  'api.picture_too_large': {
    title: 'La imagen es demasiado grande',
    detail: 'La imagen es demasiado grande; redúzcala o comprímala más.',
  },
  'api.not_live': { title: 'La sala no está en vivo', detail: 'En esta sala no hay nada en vivo ahora.' },
  'api.already_recording': {
    title: 'Ya se está grabando',
    detail: 'Esta sala ya se está grabando; detenga primero esa grabación.',
  },
  'api.not_recording': {
    title: 'La grabación ha terminado',
    detail: 'La grabación ha terminado; inicie una nueva.',
  },
  'api.clip_not_recorded': {
    title: 'No se grabó',
    detail:
      'Ese tiempo no se grabó, y solo de lo grabado se avisó a todos. Inicie o reanude una grabación y guarde el clip después.',
  },
  'api.clip_not_kept': {
    title: 'Ya no está',
    detail: 'De eso todavía no hay nada en el servidor, o ya no queda nada. Vuelva a intentarlo en unos segundos.',
  },
  'api.clip_too_long': {
    title: 'Demasiado largo',
    detail: 'Este servidor no permite clips tan largos. Elija menos tiempo.',
  },
  'api.too_many_clips': {
    title: 'Demasiados clips',
    detail: 'Esta sala ya tiene todos los clips que puede tener. Elimine primero uno.',
  },
  'api.clips_full': {
    title: 'No queda espacio para clips',
    detail: 'Los clips de todas las salas ocupan todo el espacio permitido. Elimine primero algunos.',
  },
  'api.clips_busy': {
    title: 'Varios clips a la vez',
    detail: 'Ya se están guardando varios clips. Vuelva a intentarlo en unos segundos.',
  },
  'api.clip_failed': {
    title: 'El clip no salió bien',
    detail: 'El servidor no pudo crear el clip, quizá por su disco. Vuelva a intentarlo.',
  },
  'api.clip_given_up': {
    title: 'Se abandonó el clip',
    detail: 'La sala o el servidor se está cerrando. Vuelva a intentarlo después.',
  },
  'api.clip_not_found': { title: 'El clip ya no existe', detail: 'Alguien lo ha eliminado.' },
  'api.too_many_markers': {
    title: 'Demasiados marcadores',
    detail: 'Esta grabación ya tiene demasiados marcadores; inicie otra.',
  },
  'api.database_unavailable': {
    title: 'Base de datos inaccesible',
    detail: 'La base de datos del servidor no responde. Inténtelo de nuevo; si se repite, avise al administrador.',
  },
  'api.disk_full': {
    title: 'Disco lleno',
    detail: 'El disco del servidor está lleno; quien lo administra debe liberar espacio.',
  },
  'api.invalid_request': { title: 'No se aceptó', detail: 'El servidor no lo acepta así: {detail}' },
  'api.sign_in_first': { title: 'Sin iniciar sesión', detail: 'Para esto, inicie sesión antes.' },
  'api.forbidden': {
    title: 'No permitido',
    detail: 'Su enlace no lo permite o ha caducado; pida uno nuevo a un anfitrión de la sala.',
  },
  'api.cross_site': {
    title: 'Desde aquí no se puede',
    detail: 'Desde otro sitio web no se puede hacer; abra la página de este servidor.',
  },
  'api.room_exists': { title: 'La sala ya existe', detail: 'Ya existe una sala con este ID; elija otro.' },
  'api.room_ended': { title: 'La sala está cerrada', detail: 'Esta sala está cerrada; cree otra.' },
  'api.too_many_rooms': {
    title: 'Demasiadas salas',
    detail: 'Este servidor no admite más salas; elimine antes alguna.',
  },
  'api.too_many_own_rooms': {
    title: 'Demasiadas salas propias',
    detail: 'Ya tiene tantas salas como puede tener una persona en este servidor; elimine antes alguna.',
  },
  'api.too_many_revoked': {
    title: 'Demasiados enlaces anulados',
    detail: 'Se han anulado demasiados enlaces de esta sala; espere a que caduque alguno.',
  },
  'api.ban_not_found': { title: 'El veto no existe', detail: 'Este veto ya se ha levantado.' },
  'api.recording_begins': {
    title: 'La grabación va a empezar',
    detail: 'La grabación está a punto de empezar; ponga entonces el marcador otra vez.',
  },
  'api.paused': { title: 'Grabación en pausa', detail: 'La grabación está en pausa; reanúdela antes.' },
  'api.bad_cursor': { title: 'Lista desactualizada', detail: 'Esta lista ya no está al día; vuelva a cargarla.' },
  'archive.nothing_kept': {
    title: 'Sin video',
    detail: 'Al terminar, aún no había nada en el disco, así que no hay video; grabe de nuevo.',
  },
  'archive.disk_full': {
    title: 'Sin video',
    detail:
      'El disco del servidor estaba lleno mientras se preparaba el video; un administrador debe liberar espacio antes del próximo intento.',
  },
  'archive.disk_failed': {
    title: 'Sin video',
    detail:
      'El servidor no pudo leer o escribir sus archivos; un administrador debe revisar el disco antes del próximo intento.',
  },
  'archive.worker_lost': {
    title: 'Sin video',
    detail:
      'La preparación del video se interrumpió una y otra vez; un administrador encontrará el motivo en el registro del servidor.',
  },
  'archive.archive_failed': {
    title: 'Sin video',
    detail:
      'No se pudo preparar un video con lo grabado; un administrador encontrará el motivo en el registro del servidor.',
  },
} as const satisfies Partial<Record<ProblemCode, ProblemWords>>;
