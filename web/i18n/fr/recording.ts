/** The sentences of recording: stopping, consent, and markers, in French. */
import type { englishRecording } from '../english-recording.ts';
import type { Message } from '../sentence.ts';

/** Part of the French catalogue. */
export const recording = {
  'recording.stopTitle': 'Arrêter l’enregistrement ?',
  'recording.stopOwn':
    'Durée enregistrée jusqu’ici : {length}. Tout est conservé et devient une vidéo. Vous la trouverez sur la page d’accueil, sous « Vos enregistrements ».',
  'recording.stopOwned':
    'Durée enregistrée jusqu’ici : {length}. Tout est conservé et devient une vidéo. La personne qui a créé cette salle avec son compte la trouvera sur la page d’accueil, sous « Vos enregistrements » ; les administrateurs de ce serveur l’ont aussi.',
  'recording.stopAdmins':
    'Durée enregistrée jusqu’ici : {length}. Tout est conservé et devient une vidéo. Les administrateurs de ce serveur peuvent la télécharger et la partager.',
  'recording.stopNot': 'Pas encore',
  'consent.title': 'Cette salle peut être enregistrée : votre image et votre voix peuvent-elles être conservées ?',
  'consent.titleNow': 'Cette salle est enregistrée : votre image et votre voix peuvent-elles être conservées ?',
  'consent.accept': 'Oui, les conserver',
  'consent.refuse': 'Non, sans moi',
  'consent.hint':
    'Vous pouvez participer dans les deux cas. Si vous refusez, l’enregistrement et les spectateurs n’ont qu’un cache à la place de votre image et aucun son de vous ; les personnes de la salle vous entendent.',
  'consent.missing': 'Choisissez d’abord l’une des deux réponses : vous pouvez participer dans les deux cas.',
  'consent.withheld': 'Vous n’êtes pas enregistré',
  'consent.change': 'Vous n’êtes pas enregistré. Modifier…',
  'marker.button': 'Repère',
  'marker.title': 'Marquer ce moment',
  'marker.label': 'Nom du moment',
  'marker.default': 'Repère',
  'marker.hint': 'Il devient un chapitre de l’enregistrement ; les spectateurs le voient aussi.',
  'marker.set': 'Placer le repère',
  'marker.failed': 'Le repère n’a pas été placé',
  'marker.done': 'Repère placé : {label}',
} as const satisfies Record<keyof typeof englishRecording, Message>;
