/** Recording: consent, and markers; in Portuguese. */
import type { englishRecording } from '../english-recording.ts';
import type { Message } from '../sentence.ts';

/** Part of the Portuguese catalogue. */
export const recording = {
  'recording.stopTitle': 'Parar a gravação?',
  'recording.stopOwn':
    'Duração gravada até agora: {length}. Tudo fica guardado e vira um vídeo. Ele fica na página inicial, em “Suas gravações”.',
  'recording.stopOwned':
    'Duração gravada até agora: {length}. Tudo fica guardado e vira um vídeo. Quem criou esta sala com a própria conta encontra o vídeo na página inicial, em “Suas gravações”; os administradores deste servidor também têm acesso a ele.',
  'recording.stopAdmins':
    'Duração gravada até agora: {length}. Tudo fica guardado e vira um vídeo. Os administradores deste servidor podem baixar e compartilhar.',
  'recording.stopNot': 'Ainda não',
  'consent.title': 'Esta sala pode ser gravada: você permite guardar sua imagem e sua voz?',
  'consent.titleNow': 'Esta sala está sendo gravada: você permite guardar sua imagem e sua voz?',
  'consent.accept': 'Sim, permitir',
  'consent.refuse': 'Não, quero ficar de fora',
  'consent.hint':
    'Você pode participar de qualquer forma. Se ficar de fora, na gravação e para os espectadores aparece um substituto da sua imagem, sem o seu som; as pessoas da sala ouvem você.',
  'consent.missing': 'Escolha primeiro uma das duas opções: você pode participar de qualquer forma.',
  'consent.withheld': 'Você não está na gravação',
  'consent.change': 'Você não está na gravação. Mudar…',
  'marker.button': 'Marcador',
  'marker.title': 'Marcar este momento',
  'marker.label': 'Nome do momento',
  'marker.default': 'Marcador',
  'marker.hint': 'Vira um capítulo da gravação; os espectadores também o veem.',
  'marker.set': 'Salvar marcador',
  'marker.failed': 'O marcador não foi salvo',
  'marker.done': 'Marcado: {label}',
} as const satisfies Record<keyof typeof englishRecording, Message>;
