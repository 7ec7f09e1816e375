/** How a stay or a stream ends or does not begin, and what hosts are told, in Spanish. */
import type { ProblemWords } from '../message.ts';
import type { ProblemCode } from '../problem-codes.ts';

/** Part of the Spanish catalogue. */
export const problemsEnds = {
  'room.missing': {
    title: 'Esta sala no existe',
    detail:
      'Pregunte a quien le envió el enlace si es correcto. Si la sala se crea más tarde, podrá entrar aquí en cuanto exista.',
  },
  'player.private': { title: 'Esta sala es privada', detail: 'Pida al anfitrión un enlace para ver.' },
  'player.expired': {
    title: 'Este enlace ya no es válido',
    detail: 'Ha caducado o se creó para otra sala. Pida al anfitrión un nuevo enlace para ver.',
  },
  'player.unsupported': {
    title: 'Este navegador no puede reproducir la transmisión',
    detail: 'No admite Media Source Extensions. Use una versión actual de Chrome, Edge, Firefox o Safari.',
  },
  'player.decoder': {
    title: 'No se puede reproducir la transmisión',
    detail: 'El navegador no pudo descodificarla ({reason}). Inténtelo de nuevo o use otro navegador.',
  },
  'player.token_revoked': { title: 'Este enlace se anuló', detail: 'Pida uno nuevo a un anfitrión de la sala.' },
  'player.token_earlier_room': {
    title: 'Este enlace es de una sala anterior',
    detail: 'La sala se eliminó y se creó de nuevo con el mismo identificador; pida un enlace nuevo a un anfitrión.',
  },
  'player.invite_used_up': {
    title: 'Este enlace está agotado',
    detail: 'Ya lo han usado todas las personas previstas. Pida otro a un anfitrión de la sala.',
  },
  'player.signed_out': { title: 'La sesión está cerrada', detail: 'Vuelva a iniciar sesión.' },
  'player.removed': {
    title: 'Un anfitrión le ha expulsado de esta sala',
    detail: 'Pídale otra invitación.',
  },
  'player.banned': {
    title: 'No puede entrar en esta sala',
    detail: 'Un anfitrión ha vetado su entrada. Si es un error, hable con esa persona.',
  },
  // The end of a stay
  'closed.1000': { title: 'Ha salido de la sala', detail: 'Puede volver a unirse cuando quiera.' },
  'closed.4401': {
    title: 'Este enlace de invitación no funciona',
    detail: 'Está incompleto, es incorrecto o ha caducado. Pida al anfitrión un nuevo enlace de invitación.',
  },
  'closed.4403': {
    title: 'No puede unirse a esta sala',
    detail: 'Su enlace no lo permite o el anfitrión le ha expulsado. Pida al anfitrión un enlace de invitación.',
  },
  'closed.4404': {
    title: 'Esta sala no existe',
    detail: 'Puede que se haya eliminado o que el enlace no sea correcto. Pregunte a quien le envió el enlace.',
  },
  'closed.4409': {
    title: 'Está en esta sala en otra pestaña',
    detail: 'Su cámara, su micrófono y su lugar pasaron allí. Para volver a esta pestaña, use otra vez la sala aquí.',
    action: 'Usar aquí',
  },
  'closed.4410': {
    title: 'Esta sala ha terminado',
    detail: 'El anfitrión la cerró. Lo grabado se conserva.',
  },
  'closed.4413': {
    title: 'Su imagen era demasiado grande para este servidor',
    detail: 'Elija una cámara con menor resolución y vuelva a unirse.',
  },
  'closed.4429': {
    title: 'Demasiado a la vez',
    detail: 'El servidor limita las conexiones y los envíos. Espere un minuto y vuelva a unirse.',
  },
  'closed.full': {
    title: 'La sala está llena',
    detail: 'Alguien tiene que salir, o un anfitrión debe ampliar el máximo de personas.',
  },
  'closed.waiting_full': {
    title: 'Hay demasiadas personas esperando',
    detail: 'Inténtelo de nuevo dentro de unos minutos.',
  },
  'closed.removed': { title: 'Un anfitrión le ha expulsado de esta sala', detail: 'Pídale otra invitación.' },
  'closed.banned': {
    title: 'No puede entrar en esta sala',
    detail: 'Un anfitrión ha vetado su entrada. Si es un error, hable con esa persona.',
  },
  'closed.admission_denied': {
    title: 'No se le ha dejado entrar',
    detail: 'Hable con un anfitrión e inténtelo de nuevo dentro de medio minuto.',
    action: 'Pedir de nuevo',
  },
  'closed.password_needed': {
    title: 'Esta sala tiene contraseña',
    detail: 'Pídala a quien le invitó.',
    action: 'Escribir contraseña',
  },
  'closed.password_wrong': {
    title: 'La contraseña no es correcta',
    detail: 'Revísela o pídala al anfitrión.',
    action: 'Escribir contraseña',
  },
  'closed.too_many_attempts': {
    title: 'Demasiadas contraseñas incorrectas',
    detail: 'Espere {wait} e inténtelo de nuevo.',
  },
  'closed.token_revoked': { title: 'Su enlace se anuló', detail: 'Pida uno nuevo a un anfitrión de la sala.' },
  'closed.token_earlier_room': {
    title: 'Este enlace es de una sala anterior',
    detail: 'La sala se eliminó y se creó de nuevo con el mismo identificador; pida un enlace nuevo a un anfitrión.',
  },
  'closed.invite_used_up': {
    title: 'Este enlace está agotado',
    detail: 'Ya lo han usado todas las personas previstas. Pida otro a un anfitrión de la sala.',
  },
  'closed.signed_out': { title: 'La sesión está cerrada', detail: 'Vuelva a iniciar sesión.' },
  'closed.unknown': {
    title: 'Se cerró la conexión',
    detail: 'El servidor la cerró con el código {code}. Recargue la página y vuelva a unirse.',
  },
  // Hosts read these without a title
  'notice.program_degraded': {
    title: '',
    detail: 'El servidor está ocupado: por ahora, la imagen de la sala tiene menos calidad.',
  },
  'notice.program_recovering': {
    title: '',
    detail: 'El servidor se recupera: la imagen de la sala ya mejora, pero aún no tiene toda su calidad.',
  },
  'notice.program_restored': {
    title: '',
    detail: 'El servidor se ha recuperado: la imagen de la sala vuelve a tener toda su calidad.',
  },
  'notice.disk_full': {
    title: '',
    detail:
      'El disco del servidor está lleno y ahora no se graba nada. Libere espacio y la grabación continuará automáticamente.',
  },
  'notice.disk_slow': {
    title: '',
    detail:
      'El disco del servidor es demasiado lento y se pierden partes de la grabación. Redúzcale la carga y continuará automáticamente.',
  },
  'notice.disk_failed': {
    title: '',
    detail:
      'No se puede escribir en el disco del servidor y ahora no se graba nada. Revise el disco y el registro del servidor; la grabación continuará automáticamente cuando se pueda escribir.',
  },
  'notice.disk_writes': {
    title: '',
    detail: 'El disco vuelve a guardar la grabación; falta lo que ocurrió entretanto.',
  },
  'notice.auto_recording_failed': {
    title: '',
    detail: 'La grabación automática no pudo empezar. Resuelva el problema en el servidor y pulse «Grabar».',
  },
  'notice.signal_silence': { title: '', detail: 'El micrófono está activado, pero no da sonido.' },
  'notice.signal_clipping': { title: '', detail: 'El sonido está demasiado alto y se oye distorsionado.' },
  'notice.signal_black': { title: '', detail: 'La cámara da una imagen en negro.' },
  'notice.signal_frozen': { title: '', detail: 'La cámara da siempre la misma imagen.' },
  'notice.signal_network': { title: '', detail: 'La red es demasiado lenta para lo que se envía.' },
} as const satisfies Partial<Record<ProblemCode, ProblemWords>>;
