/** How a stay ends, and what hosts are told, in French. */
import type { ProblemWords } from '../message.ts';

const ASK_LINK = 'Demandez un nouveau lien à l’hôte.';
const ENTER_PASSWORD = 'Saisir le mot de passe';
const RELOAD = 'Rechargez la page et rejoignez à nouveau la salle.';

/** How a stay ends, or does not begin; and what hosts are told, which has no title. Part of the French catalogue. */
export const problemsClosed = {
  'closed.1000': { title: 'Vous avez quitté la salle', detail: 'Vous pouvez la rejoindre à tout moment.' },
  'closed.4401': {
    title: 'Ce lien d’invitation ne fonctionne pas',
    detail: 'Il est incomplet, erroné ou a expiré. Demandez-en un nouveau à l’hôte.',
  },
  'closed.4403': {
    title: 'Vous ne pouvez pas rejoindre cette salle',
    detail: 'Votre lien ne le permet pas, ou l’hôte vous a retiré. Demandez un lien d’invitation à l’hôte.',
  },
  'closed.4404': {
    title: 'Cette salle n’existe pas',
    detail:
      'Elle a peut-être été supprimée, ou le lien n’est pas correct. Demandez à la personne qui vous a envoyé le lien.',
  },
  'closed.4409': {
    title: 'Vous êtes dans cette salle dans un autre onglet',
    detail:
      'Votre caméra, votre micro et votre place y ont été transférés. Pour revenir à cet onglet, choisissez « Utiliser ici ».',
    action: 'Utiliser ici',
  },
  'closed.4410': {
    title: 'Cette salle est terminée',
    detail: 'L’hôte y a mis fin. Ce qui a été enregistré est conservé.',
  },
  'closed.4413': {
    title: 'Votre image était trop grande pour ce serveur',
    detail: 'Choisissez une caméra de plus faible résolution et rejoignez à nouveau la salle.',
  },
  'closed.4429': {
    title: 'Trop à la fois',
    detail:
      'Le serveur limite le nombre de connexions et d’envois. Attendez une minute, puis rejoignez à nouveau la salle.',
  },
  'closed.full': {
    title: 'La salle est pleine',
    detail: 'Réessayez quand quelqu’un sera parti, ou regardez seulement.',
  },
  'closed.waiting_full': {
    title: 'Trop de personnes attendent',
    detail: 'La salle d’attente est pleine. Réessayez dans quelques minutes.',
  },
  'closed.removed': {
    title: 'Un hôte vous a retiré de cette salle',
    detail: 'Votre lien ne vous laisse plus entrer. Demandez une nouvelle invitation à l’hôte.',
  },
  'closed.banned': {
    title: 'Vous êtes exclu de cette salle',
    detail: 'Un hôte ne vous laisse plus entrer. Posez-lui la question si c’est une erreur.',
  },
  'closed.admission_denied': {
    title: 'Vous n’avez pas été admis',
    detail: 'Un hôte ne vous a pas laissé entrer. Posez-lui la question, puis réessayez dans une demi-minute.',
    action: 'Redemander',
  },
  'closed.password_needed': {
    title: 'Cette salle a un mot de passe',
    detail: 'La personne qui vous a invité le connaît.',
    action: ENTER_PASSWORD,
  },
  'closed.password_wrong': {
    title: 'Le mot de passe est incorrect',
    detail: 'Demandez le mot de passe de la salle à l’hôte.',
    action: ENTER_PASSWORD,
  },
  'closed.too_many_attempts': {
    title: 'Trop de mots de passe incorrects',
    detail: 'Attendez {wait}, puis réessayez.',
  },
  'closed.token_revoked': { title: 'Votre lien a été révoqué', detail: ASK_LINK },
  'closed.token_earlier_room': {
    title: 'Ce lien est celui d’une salle précédente',
    detail: `La salle a été supprimée, puis recréée sous le même identifiant. ${ASK_LINK}`,
  },
  'closed.invite_used_up': { title: 'Ce lien est épuisé', detail: ASK_LINK },
  'closed.signed_out': { title: 'Vous êtes déconnecté', detail: 'Connectez-vous à nouveau.' },
  'closed.hello_timeout': {
    title: 'La connexion n’a pas abouti',
    detail: `Votre navigateur s’est annoncé trop tard. ${RELOAD}`,
  },
  'closed.internal': {
    title: 'La connexion a été fermée',
    detail: `Une erreur s’est produite sur le serveur. ${RELOAD}`,
  },
  'closed.program_lost': {
    title: 'La connexion a été fermée',
    detail: `Le serveur a perdu l’image de la salle. ${RELOAD}`,
  },
  'closed.unknown': {
    title: 'La connexion a été fermée',
    detail: `Le serveur y a mis fin avec le code {code}. ${RELOAD}`,
  },
  'notice.program_degraded': {
    title: 'Le serveur est très occupé',
    detail:
      'Le serveur est très occupé : l’image pour tous est provisoirement moins fine, moins fluide ou plus petite.',
  },
  'notice.program_recovering': {
    title: 'Le serveur récupère',
    detail: 'Le serveur est moins occupé : l’image pour tous s’améliore de nouveau.',
  },
  'notice.program_restored': {
    title: 'Le serveur n’est plus surchargé',
    detail: 'Le serveur suit de nouveau : l’image pour tous est comme prévu.',
  },
  'notice.disk_full': {
    title: 'Le disque est plein',
    detail:
      'Le disque du serveur est plein, rien n’est enregistré en ce moment. Dès qu’il y aura de la place, l’enregistrement reprendra automatiquement.',
  },
  'notice.disk_slow': {
    title: 'Le disque est trop lent',
    detail:
      'Le disque du serveur est trop lent, des parties de l’enregistrement se perdent. Dès qu’il sera moins sollicité, l’enregistrement reprendra automatiquement.',
  },
  'notice.disk_failed': {
    title: 'Écriture impossible sur le disque',
    detail:
      'Le serveur ne peut pas écrire sur le disque, rien n’est enregistré en ce moment. Son exploitant en trouvera la cause dans le journal ; l’enregistrement reprendra ensuite automatiquement.',
  },
  'notice.disk_writes': {
    title: 'L’enregistrement a repris',
    detail: 'Le disque accepte de nouveau l’enregistrement ; ce qui s’est passé entre-temps y manque.',
  },
  'notice.auto_recording_failed': {
    title: 'Pas d’enregistrement',
    detail:
      'L’enregistrement automatique n’a pas pu démarrer. Lancez-le vous-même ; si cela échoue aussi, adressez-vous à un administrateur.',
  },
  'notice.signal_silence': { title: 'Aucun son', detail: 'Son micro est activé, mais ne donne aucun son.' },
  'notice.signal_clipping': { title: 'Son saturé', detail: 'Le son est trop fort et saturé.' },
  'notice.signal_black': { title: 'Image noire', detail: 'Sa caméra donne une image noire.' },
  'notice.signal_frozen': { title: 'Image figée', detail: 'Sa caméra donne toujours la même image.' },
  'notice.signal_network': { title: 'Réseau lent', detail: 'Son réseau est trop lent pour ce qui est envoyé.' },
} as const satisfies Readonly<Record<string, ProblemWords>>;
