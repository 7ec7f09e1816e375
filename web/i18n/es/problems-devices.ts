/** What goes wrong with devices, screens, files and the browser, in Spanish. */
import type { ProblemWords } from '../message.ts';
import type { ProblemCode } from '../problem-codes.ts';

/** Part of the Spanish catalogue. */
export const problemsDevices = {
  'devices.blocked': {
    title: 'La cámara y el micrófono están bloqueados',
    detail:
      'Esta página no puede usarlos. Permítalo en la barra de direcciones del navegador o en los ajustes de privacidad del sistema e inténtelo de nuevo.',
  },
  'devices.missing': {
    title: 'No se encontró ninguna cámara ni micrófono',
    detail: 'Conéctelos e inténtelo de nuevo, o únase sin ellos.',
  },
  'camera.blocked': {
    title: 'La cámara está bloqueada',
    detail:
      'Esta página no puede usar su cámara. Permítalo en la barra de direcciones del navegador o en los ajustes de privacidad del sistema e inténtelo de nuevo.',
  },
  'camera.missing': {
    title: 'No se encontró ninguna cámara',
    detail: 'Conecte una cámara e inténtelo de nuevo, o únase sin ella.',
  },
  'camera.busy': {
    title: 'La cámara está en uso',
    detail: 'Parece que otro programa está usando su cámara. Ciérrelo e inténtelo de nuevo.',
  },
  'camera.failed': {
    title: 'La cámara no arranca',
    detail: 'El navegador no pudo abrirla. Inténtelo de nuevo o elija otra cámara.',
  },
  'camera.lost': {
    title: 'La cámara se desconectó',
    detail: 'Se desenchufó o se retiró el permiso. Conéctela y vuelva a encenderla, o elija otra cámara.',
  },
  'camera.replaced': {
    title: 'Se está usando otra cámara',
    detail: 'La cámara elegida ya no está disponible y se usa otra en su lugar. Puede elegir una en los ajustes.',
  },
  'camera.stopped': {
    title: 'La cámara no da ninguna imagen',
    detail:
      'Volver a abrirla no ha servido. Cierre otros programas que la usen, busque un interruptor en la cámara, desenchúfela una vez o elija otra.',
  },
  'microphone.blocked': {
    title: 'El micrófono está bloqueado',
    detail:
      'Esta página no puede usar su micrófono. Permítalo en la barra de direcciones del navegador o en los ajustes de privacidad del sistema e inténtelo de nuevo.',
  },
  'microphone.missing': {
    title: 'No se encontró ningún micrófono',
    detail: 'Conecte un micrófono e inténtelo de nuevo, o únase sin él.',
  },
  'microphone.busy': {
    title: 'El micrófono está en uso',
    detail: 'Parece que otro programa está usando su micrófono. Ciérrelo e inténtelo de nuevo.',
  },
  'microphone.failed': {
    title: 'El micrófono no arranca',
    detail: 'El navegador no pudo abrirlo. Inténtelo de nuevo o elija otro micrófono.',
  },
  'microphone.lost': {
    title: 'El micrófono se desconectó',
    detail: 'Se desenchufó o se retiró el permiso. Conéctelo y vuelva a activarlo, o elija otro micrófono.',
  },
  'microphone.replaced': {
    title: 'Se está usando otro micrófono',
    detail: 'El micrófono elegido ya no está disponible y se usa otro en su lugar. Puede elegir uno en los ajustes.',
  },
  'screen.blocked': {
    title: 'La pantalla está bloqueada',
    detail:
      'El sistema no permite que este navegador grabe la pantalla. Permítalo en los ajustes de privacidad del sistema, en «Grabación de pantalla», reinicie el navegador e inténtelo de nuevo.',
  },
  'screen.click': {
    title: 'No se compartió la pantalla',
    detail: 'El navegador necesita otro clic. Pulse de nuevo «Compartir pantalla».',
  },
  'screen.missing': {
    title: 'No hay nada que compartir',
    detail:
      'El navegador no encontró ninguna pantalla, ventana ni pestaña. Abra lo que quiera mostrar e inténtelo de nuevo.',
  },
  'screen.busy': {
    title: 'No se puede capturar la pantalla',
    detail:
      'El sistema lo ha rechazado, quizá porque hay contenido protegido. Elija otra ventana e inténtelo de nuevo.',
  },
  'screen.unsupported': {
    title: 'Este navegador no puede compartir la pantalla',
    detail: 'La mayoría de los teléfonos y tabletas no lo permiten. Para compartirla, únase desde un equipo.',
  },
  'screen.failed': {
    title: 'No se compartió la pantalla',
    detail: 'El navegador no pudo capturarla. Inténtelo de nuevo o elija otra ventana.',
  },
  'file.gone': {
    title: 'El archivo ya no está disponible',
    detail: '«{name}» no se pudo leer hasta el final. Quizá se movió o se modificó; elíjalo de nuevo.',
  },
  'file.damaged': {
    title: 'No se puede seguir reproduciendo el archivo',
    detail:
      '«{name}» parece dañado. Elija un archivo MP4 con H.264 y AAC, un WebM, un MP3 o un WAV, o conviértalo a uno de esos formatos.',
  },
  'file.unknown': {
    title: 'No se puede reproducir este archivo',
    detail:
      'Este navegador no conoce el formato de «{name}». Elija un archivo MP4 con H.264 y AAC, un WebM, un MP3 o un WAV, o conviértalo a uno de esos formatos.',
  },
  'file.blind': {
    title: 'El video no muestra imagen',
    detail: 'Este navegador solo reproduce el sonido de «{name}». Para mostrar la imagen, conviértalo a H.264 o WebM.',
  },
  'signal.silence': {
    title: 'Nadie puede oírle',
    detail:
      'Su micrófono está activado, pero no da sonido. Busque un interruptor en los auriculares o en su cable, o elija otro micrófono.',
  },
  'signal.clipping': {
    title: 'Su sonido se oye distorsionado',
    detail: 'El micrófono está demasiado alto. Baje su nivel en los ajustes del sistema o aléjese un poco.',
  },
  'signal.black': {
    title: 'Su imagen está en negro',
    detail: 'Compruebe si el objetivo está tapado o hay un interruptor de privacidad, o elija otra cámara.',
  },
  'signal.frozen': {
    title: 'Su imagen está congelada',
    detail:
      'La cámara da siempre la misma imagen. Apáguela y vuelva a encenderla; si no sirve, desenchúfela un momento.',
  },
  'signal.network': {
    title: 'Su red va lenta',
    detail:
      'No admite todo lo que usted envía y los demás ven menos imágenes suyas. Acérquese al router, use un cable o apague la cámara.',
  },
  'again.camera': {
    title: 'No se está enviando su cámara: otro intento',
    detail:
      'El servidor no pudo procesar la imagen; quizá esté sobrecargado. Se enviará de nuevo automáticamente en {seconds} s. Si no vuelve, apague la cámara y enciéndala, o use otro navegador.',
  },
  'again.screen': {
    title: 'No se está enviando su pantalla: otro intento',
    detail:
      'El servidor no pudo procesar la imagen; quizá esté sobrecargado. Se enviará de nuevo automáticamente en {seconds} s. Si no vuelve, deje de compartir la pantalla y compártala de nuevo.',
  },
  'again.file': {
    title: 'No se está enviando su archivo: otro intento',
    detail:
      'El servidor no pudo procesar la imagen; quizá esté sobrecargado. Se enviará de nuevo automáticamente en {seconds} s. Si no vuelve, quite el archivo y elíjalo de nuevo.',
  },
  'send.mic': {
    title: 'No se está enviando su micrófono',
    detail: 'Silencie el micrófono y actívelo de nuevo; si no sirve, salga de la sala y vuelva a unirse.',
  },
  'send.camera': {
    title: 'No se está enviando su cámara',
    detail: 'Apague la cámara y vuelva a encenderla; si no sirve, salga de la sala y vuelva a unirse.',
  },
  'send.screen': {
    title: 'No se está enviando su pantalla',
    detail: 'Deje de compartir la pantalla y compártala de nuevo.',
  },
  'send.file': {
    title: 'No se está enviando su archivo',
    detail: 'Quite el archivo y elíjalo de nuevo.',
  },
  'send.picture': {
    title: 'No se está enviando su imagen',
    detail: 'Apague la cámara o deje de compartir, y actívelo de nuevo.',
  },
  'send.sound': {
    title: 'No se está enviando su sonido',
    detail: 'Silencie el micrófono y actívelo de nuevo.',
  },
  'play.slow': {
    title: 'Usted ve la imagen con retraso',
    detail:
      'Este equipo está demasiado ocupado para mostrarla a tiempo, y la mayoría de las imágenes se omiten. Cierre otros programas y pestañas, o apague su cámara.',
  },
  'play.late': {
    title: 'Usted ve la imagen con retraso',
    detail: 'Llega tarde a este equipo: su red o el servidor están sobrecargados. Se pondrá al día por sí sola.',
  },
  'play.picture': {
    title: 'No se puede mostrar la imagen',
    detail: 'Recargue la página y vuelva a unirse; si no sirve, use otro navegador.',
  },
  'play.sound': {
    title: 'No se puede reproducir el sonido',
    detail: 'Recargue la página y vuelva a unirse; si no sirve, use otro navegador.',
  },
  'engine.stopped': {
    title: 'El sonido y la imagen se detuvieron',
    detail: 'Algo falló en el navegador. Vuelva a unirse.',
  },
  'annotation.untitled': {
    title: 'Falta el título',
    detail: 'Escriba primero un título; el texto de abajo puede quedar vacío.',
  },
  'annotation.invalid': {
    title: 'No se cambió',
    detail: 'Este valor no es válido. Revíselo e inténtelo de nuevo.',
  },
  'picture.type': {
    title: 'No se puede usar esta imagen',
    detail: 'No es una imagen PNG, JPEG ni WebP. Elija una de esos formatos.',
  },
  'picture.size': {
    title: 'No se puede usar esta imagen',
    detail: 'La imagen ocupa más de 2 MB. Redúzcala o comprímala más.',
  },
  'browser.insecure': {
    title: 'Esta página necesita una dirección segura',
    detail:
      'Los navegadores solo permiten usar la cámara y el micrófono en páginas https:// y en localhost. Abra la sala con su dirección https://.',
  },
  'browser.old': {
    title: 'Este navegador es demasiado antiguo para unirse',
    detail: 'Use una versión actual de Chrome, Edge, Firefox o Safari, o abra el enlace para ver.',
  },
} as const satisfies Partial<Record<ProblemCode, ProblemWords>>;
