/** What the pages themselves find out, when something goes wrong, in French. */
import type { ProblemWords } from '../message.ts';

const ASK_LINK = 'Demandez un nouveau lien à l’hôte.';
const FORMATS = 'Choisissez un fichier MP4 en H.264 et AAC, un WebM, un MP3 ou un WAV, ou convertissez-le.';
const OFF_AND_ON = 'Désactivez puis réactivez la source. Si cela ne suffit pas, rechargez la page.';

/** What the pages themselves find out. Part of the French catalogue. */
export const problems = {
  'devices.blocked': {
    title: 'La caméra et le micro sont bloqués',
    detail:
      'Cette page ne peut pas les utiliser. Autorisez-les dans la barre d’adresse du navigateur ou dans les réglages de confidentialité du système, puis réessayez.',
  },
  'devices.missing': {
    title: 'Aucune caméra et aucun micro trouvés',
    detail: 'Branchez-les et réessayez, ou rejoignez la salle sans eux.',
  },
  'camera.blocked': {
    title: 'La caméra est bloquée',
    detail:
      'Cette page ne peut pas utiliser votre caméra. Autorisez-la dans la barre d’adresse du navigateur ou dans les réglages de confidentialité du système, puis réessayez.',
  },
  'camera.missing': {
    title: 'Aucune caméra trouvée',
    detail: 'Branchez une caméra et réessayez, ou rejoignez la salle sans caméra.',
  },
  'camera.busy': {
    title: 'La caméra est déjà utilisée',
    detail: 'Un autre programme semble utiliser votre caméra. Fermez-le et réessayez.',
  },
  'camera.failed': {
    title: 'La caméra ne démarre pas',
    detail: 'Le navigateur n’a pas pu l’ouvrir. Réessayez, ou choisissez une autre caméra.',
  },
  'camera.lost': {
    title: 'La caméra a disparu',
    detail:
      'Elle a été débranchée, ou son autorisation a été retirée. Branchez-la et réactivez-la, ou choisissez une autre caméra.',
  },
  'camera.replaced': {
    title: 'Une autre caméra est utilisée',
    detail: 'La caméra choisie a disparu ; une autre la remplace. Vous pouvez choisir une caméra dans les paramètres.',
  },
  'camera.stopped': {
    title: 'La caméra ne donne aucune image',
    detail:
      'La rouvrir n’a pas suffi. Fermez les autres programmes qui l’utilisent, cherchez un interrupteur sur la caméra, débranchez-la une fois, ou choisissez-en une autre.',
  },
  'microphone.blocked': {
    title: 'Le micro est bloqué',
    detail:
      'Cette page ne peut pas utiliser votre micro. Autorisez-le dans la barre d’adresse du navigateur ou dans les réglages de confidentialité du système, puis réessayez.',
  },
  'microphone.missing': {
    title: 'Aucun micro trouvé',
    detail: 'Branchez un micro et réessayez, ou rejoignez la salle sans micro.',
  },
  'microphone.busy': {
    title: 'Le micro est déjà utilisé',
    detail: 'Un autre programme semble utiliser votre micro. Fermez-le et réessayez.',
  },
  'microphone.failed': {
    title: 'Le micro ne démarre pas',
    detail: 'Le navigateur n’a pas pu l’ouvrir. Réessayez, ou choisissez un autre micro.',
  },
  'microphone.lost': {
    title: 'Le micro a disparu',
    detail:
      'Il a été débranché, ou son autorisation a été retirée. Branchez-le et réactivez-le, ou choisissez un autre micro.',
  },
  'microphone.replaced': {
    title: 'Un autre micro est utilisé',
    detail: 'Le micro choisi a disparu ; un autre le remplace. Vous pouvez choisir un micro dans les paramètres.',
  },
  'screen.blocked': {
    title: 'L’écran est bloqué',
    detail:
      'Le système ne laisse pas ce navigateur enregistrer l’écran. Autorisez-le dans les réglages de confidentialité du système, à la rubrique de l’enregistrement de l’écran, redémarrez le navigateur et réessayez.',
  },
  'screen.click': {
    title: 'L’écran n’a pas été partagé',
    detail: 'Le navigateur exige un nouveau clic. Choisissez encore une fois « Partager l’écran ».',
  },
  'screen.missing': {
    title: 'Il n’y a rien à partager',
    detail: 'Le navigateur n’a trouvé ni écran, ni fenêtre, ni onglet. Ouvrez ce que vous voulez montrer et réessayez.',
  },
  'screen.busy': {
    title: 'L’écran ne peut pas être capté',
    detail: 'Le système l’a refusé, peut-être à cause d’un contenu protégé. Choisissez une autre fenêtre et réessayez.',
  },
  'screen.unsupported': {
    title: 'Ce navigateur ne partage pas d’écran',
    detail: 'C’est le cas de la plupart des téléphones et tablettes. Rejoignez la salle depuis un ordinateur.',
  },
  'screen.failed': {
    title: 'L’écran n’a pas été partagé',
    detail: 'Le navigateur n’a pas pu le capter. Réessayez, ou choisissez une autre fenêtre.',
  },
  'file.gone': {
    title: 'Le fichier n’est plus lisible',
    detail:
      '« {name} » n’a pas pu être lu jusqu’au bout. Il a peut-être été déplacé ou modifié ; choisissez-le à nouveau.',
  },
  'file.damaged': {
    title: 'La lecture du fichier ne peut pas continuer',
    detail: `« {name} » semble endommagé. ${FORMATS}`,
  },
  'file.unknown': {
    title: 'Ce fichier ne peut pas être lu',
    detail: `« {name} » est dans un format que ce navigateur ne connaît pas. ${FORMATS}`,
  },
  'file.blind': {
    title: 'La vidéo n’a pas d’image ici',
    detail: 'Ce navigateur ne lit que le son de « {name} ». Pour montrer l’image, convertissez-la en H.264 ou en WebM.',
  },
  'signal.silence': {
    title: 'Personne ne vous entend',
    detail:
      'Votre micro est activé, mais ne donne aucun son. Cherchez un interrupteur sur le casque ou son câble, ou choisissez un autre micro.',
  },
  'signal.clipping': {
    title: 'Votre son est saturé',
    detail: 'Le micro est trop fort. Baissez son niveau dans les réglages du système, ou éloignez-vous de lui.',
  },
  'signal.black': {
    title: 'Votre image est noire',
    detail: 'Vérifiez que l’objectif n’est ni couvert ni bloqué par un interrupteur, ou choisissez une autre caméra.',
  },
  'signal.frozen': {
    title: 'Votre image est figée',
    detail:
      'La caméra donne toujours la même image. Désactivez-la puis réactivez-la ; si cela ne suffit pas, débranchez-la un instant.',
  },
  'signal.network': {
    title: 'Votre réseau est lent',
    detail:
      'Il ne suit pas ce que vous envoyez ; les autres voient votre image saccadée. Rapprochez-vous de la box, utilisez un câble ou désactivez la caméra.',
  },
  'again.camera': {
    title: 'Votre image n’est pas envoyée : nouvel essai',
    detail:
      'Le serveur n’a pas pu traiter l’image ; il est peut-être surchargé. Elle sera renvoyée automatiquement dans {seconds} s. Si elle ne revient pas, désactivez puis réactivez la caméra, ou utilisez un autre navigateur.',
  },
  'again.screen': {
    title: 'Votre écran n’est pas envoyé : nouvel essai',
    detail:
      'Le serveur n’a pas pu traiter l’image ; il est peut-être surchargé. Elle sera renvoyée automatiquement dans {seconds} s. Si elle ne revient pas, partagez l’écran à nouveau.',
  },
  'again.file': {
    title: 'Votre fichier n’est pas envoyé : nouvel essai',
    detail:
      'Le serveur n’a pas pu traiter l’image ; il est peut-être surchargé. Elle sera renvoyée automatiquement dans {seconds} s. Si elle ne revient pas, retirez le fichier et choisissez-le à nouveau.',
  },
  'send.mic': {
    title: 'Votre son n’est pas envoyé',
    detail: 'Coupez puis réactivez le micro. Si cela ne suffit pas, rechargez la page.',
  },
  'send.camera': {
    title: 'Votre image n’est pas envoyée',
    detail:
      'Désactivez puis réactivez la caméra. Si cela ne suffit pas, utilisez une version récente de Chrome ou d’Edge.',
  },
  'send.screen': {
    title: 'Votre écran n’est pas envoyé',
    detail: 'Partagez-le à nouveau. Si cela ne suffit pas, choisissez une autre fenêtre.',
  },
  'send.file': {
    title: 'Votre fichier n’est pas envoyé',
    detail: 'Lisez-le à nouveau. Si cela ne suffit pas, choisissez un autre fichier.',
  },
  'send.picture': { title: 'Votre image n’est pas envoyée', detail: OFF_AND_ON },
  'send.sound': { title: 'Votre son n’est pas envoyé', detail: OFF_AND_ON },
  'play.slow': {
    title: 'Vous voyez l’image en retard',
    detail:
      'Cet ordinateur est trop occupé pour l’afficher à temps ; la plupart des images sont omises. Fermez d’autres programmes et onglets, ou désactivez votre caméra.',
  },
  'play.late': {
    title: 'Vous voyez l’image en retard',
    detail:
      'Elle arrive en retard ici : votre réseau ou le serveur est surchargé. Elle rattrapera son retard d’elle-même.',
  },
  'play.picture': {
    title: 'L’image ne peut pas être affichée',
    detail: 'Le navigateur n’y parvient pas. Rechargez la page, ou utilisez un autre navigateur.',
  },
  'play.sound': {
    title: 'Le son ne peut pas être lu',
    detail: 'Le navigateur n’y parvient pas. Rechargez la page, ou utilisez un autre navigateur.',
  },
  'engine.stopped': {
    title: 'Le son et l’image se sont arrêtés',
    detail: 'Une erreur s’est produite dans le navigateur. Rejoignez à nouveau la salle.',
  },
  'annotation.untitled': {
    title: 'Cela n’a pas été modifié',
    detail: 'Saisissez d’abord un titre ; le texte en dessous peut rester vide.',
  },
  'annotation.invalid': {
    title: 'Cela n’a pas été modifié',
    detail: 'Une valeur ne convient pas. Corrigez-la et réessayez.',
  },
  'picture.type': {
    title: 'Cette image ne peut pas être utilisée',
    detail: 'Ce n’est ni un PNG, ni un JPEG, ni un WebP. Choisissez l’un de ces formats.',
  },
  'picture.size': {
    title: 'Cette image ne peut pas être utilisée',
    detail: 'Elle dépasse 2 Mo. Réduisez-la, ou compressez-la davantage.',
  },
  'browser.insecure': {
    title: 'Cette page exige une adresse sécurisée',
    detail:
      'Les navigateurs ne donnent accès à la caméra et au micro que sur les pages https:// et sur localhost. Ouvrez la salle par son adresse https://.',
  },
  'browser.old': {
    title: 'Ce navigateur est trop ancien',
    detail:
      'Il lui manque de quoi rejoindre la salle. Utilisez une version récente de Chrome, Edge, Firefox ou Safari, ou ouvrez plutôt le lien spectateur.',
  },
  'room.missing': {
    title: 'Cette salle n’existe pas',
    detail:
      'Demandez à la personne qui vous a envoyé le lien s’il est correct. Si la salle ouvre plus tard, vous pourrez la rejoindre ici dès qu’elle existera.',
  },
  'player.private': { title: 'Cette salle est privée', detail: 'Demandez un lien spectateur à l’hôte.' },
  'player.expired': {
    title: 'Ce lien n’est plus valable',
    detail: 'Il a expiré ou concerne une autre salle. Demandez un nouveau lien spectateur à l’hôte.',
  },
  'player.unsupported': {
    title: 'Ce navigateur ne peut pas lire le flux',
    detail:
      'Il lui manque les Media Source Extensions. Utilisez une version récente de Chrome, Edge, Firefox ou Safari.',
  },
  'player.decoder': {
    title: 'Le flux ne peut pas être lu',
    detail: 'Le décodeur du navigateur a échoué. Réessayez, ou utilisez un autre navigateur.',
  },
  'player.token_revoked': { title: 'Ce lien a été révoqué', detail: ASK_LINK },
  'player.token_earlier_room': {
    title: 'Ce lien est celui d’une salle précédente',
    detail: `La salle a été supprimée, puis recréée sous le même identifiant. ${ASK_LINK}`,
  },
  'player.invite_used_up': { title: 'Ce lien est épuisé', detail: ASK_LINK },
  'player.signed_out': { title: 'Vous êtes déconnecté', detail: 'Connectez-vous à nouveau.' },
  'player.removed': { title: 'Un hôte vous a retiré de cette salle', detail: ASK_LINK },
  'player.banned': {
    title: 'Vous êtes exclu de cette salle',
    detail: 'Un hôte ne vous laisse plus entrer. Posez-lui la question si c’est une erreur.',
  },
} as const satisfies Readonly<Record<string, ProblemWords>>;
