/** What the server answers to requests, in French. */
import type { ProblemWords } from '../message.ts';

const ASK_LINK = 'Demandez un nouveau lien à un hôte de la salle.';
const SOON = 'Réessayez dans un instant.';
const NO_SPACE = 'Plus de place sur le serveur';

/** What the server answers to a request. Part of the French catalogue. */
export const problemsServer = {
  'api.unreachable': {
    title: 'Le serveur est injoignable',
    detail: 'Le serveur est injoignable. Vérifiez la connexion et réessayez.',
  },
  'api.page_outdated': {
    title: 'Cette page est plus ancienne que le serveur',
    detail: 'Le serveur a été mis à jour après l’ouverture de cette page. Rechargez la page.',
    action: 'Recharger la page',
  },
  'api.internal': { title: 'Erreur du serveur', detail: `Une erreur s’est produite sur le serveur. ${SOON}` },
  'api.rate_limited': {
    title: 'Trop de demandes',
    detail: 'Trop de demandes à la fois. Attendez un instant, puis réessayez.',
  },
  'api.token_missing': { title: 'Le lien est incomplet', detail: `Il manque une partie du lien. ${ASK_LINK}` },
  'api.token_invalid': { title: 'Le lien n’est pas valable', detail: `Ce lien n’est pas valable. ${ASK_LINK}` },
  'api.token_expired': { title: 'Le lien a expiré', detail: `Ce lien a expiré. ${ASK_LINK}` },
  'api.token_revoked': { title: 'Le lien a été révoqué', detail: `Ce lien a été révoqué. ${ASK_LINK}` },
  'api.token_earlier_room': {
    title: 'Ce lien est celui d’une salle précédente',
    detail: `La salle a été supprimée, puis recréée sous le même identifiant. ${ASK_LINK}`,
  },
  'api.invite_used_up': { title: 'Le lien est épuisé', detail: `Ce lien est épuisé. ${ASK_LINK}` },
  'api.signed_out': { title: 'Vous êtes déconnecté', detail: 'Vous êtes déconnecté. Connectez-vous à nouveau.' },
  'api.sign_in_first': { title: 'Vous n’êtes pas connecté', detail: 'Pour cela, connectez-vous d’abord.' },
  'api.removed': {
    title: 'Vous avez été retiré',
    detail: 'Un hôte vous a retiré de cette salle. Demandez-lui une nouvelle invitation.',
  },
  'api.banned': {
    title: 'Vous êtes exclu',
    detail: 'Un hôte ne vous laisse plus entrer dans cette salle. Posez-lui la question si c’est une erreur.',
  },
  'api.forbidden': {
    title: 'Action non autorisée',
    detail: `Votre lien ne le permet pas, ou il a expiré. ${ASK_LINK}`,
  },
  'api.admin_only': {
    title: 'Réservé aux administrateurs',
    detail: 'Seuls les administrateurs peuvent le faire. Connectez-vous avec un compte d’administrateur.',
  },
  'api.host_only': {
    title: 'Réservé aux hôtes',
    detail: 'Seuls les hôtes de cette salle peuvent le faire. Demandez un lien d’hôte.',
  },
  'api.user_only': { title: 'Compte nécessaire', detail: 'Il faut un compte pour cela. Connectez-vous d’abord.' },
  'api.not_a_member': {
    title: 'Cette salle n’est pas la vôtre',
    detail: 'Vous êtes connecté, mais ne faites pas partie de cette salle. Demandez un lien à l’un de ses hôtes.',
  },
  'api.wrong_room': {
    title: 'Lien d’une autre salle',
    detail: 'Ce lien concerne une autre salle. Demandez-en un pour celle-ci.',
  },
  'api.cross_site': {
    title: 'Impossible depuis ici',
    detail: 'Un autre site ne peut pas le faire. Ouvrez la page de ce serveur.',
  },
  'api.room_not_found': {
    title: 'Cette salle n’existe pas',
    detail: 'Cette salle n’existe pas ou plus. Vérifiez le lien ou demandez-en un nouveau.',
  },
  'api.room_exists': {
    title: 'Cette salle existe déjà',
    detail: 'Une salle avec cet ID existe déjà. Choisissez-en un autre.',
  },
  'api.too_many_rooms': {
    title: 'Trop de salles',
    detail: 'Ce serveur n’accepte pas plus de salles. Supprimez-en une d’abord.',
  },
  'api.too_many_own_rooms': {
    title: 'Trop de salles à vous',
    detail: 'Vous avez autant de salles qu’une personne peut en avoir sur ce serveur. Supprimez-en une d’abord.',
  },
  'api.participant_not_found': { title: 'Personne partie', detail: 'Cette personne n’est plus dans la salle.' },
  'api.not_waiting': { title: 'Plus en attente', detail: 'Cette personne n’attend plus.' },
  'api.no_password': {
    title: 'Pas de mot de passe',
    detail: 'Cette salle n’a pas de mot de passe. Demandez une invitation à un hôte.',
  },
  'api.password_wrong': {
    title: 'Le mot de passe est incorrect',
    detail: 'Ce n’est pas le mot de passe de la salle. Demandez-le à l’hôte.',
  },
  'api.too_many_attempts': { title: 'Trop d’essais', detail: 'Trop d’essais. Attendez {wait}, puis réessayez.' },
  'api.sign_in_failed': {
    title: 'Échec de la connexion',
    detail: 'L’identifiant ou le mot de passe est incorrect. Réessayez.',
  },
  'api.first_token_invalid': {
    title: 'Ce lien n’est plus valable',
    detail:
      'Ce lien a déjà servi ou date d’un démarrage précédent. Redémarrez le serveur : tant qu’il n’y a pas d’administrateur, il en affiche un autre.',
  },
  'api.passwords_busy': {
    title: 'Trop de connexions',
    detail: `Trop de personnes se connectent en ce moment. ${SOON}`,
  },
  'api.login_taken': {
    title: 'Identifiant déjà pris',
    detail: 'Un compte avec cet identifiant existe déjà. Choisissez-en un autre.',
  },
  'api.user_not_found': { title: 'Compte introuvable', detail: 'Ce compte n’existe plus. Rechargez la liste.' },
  'api.accounts_off': {
    title: 'Pas de comptes',
    detail: 'Il n’y a pas de comptes sur ce serveur. Son exploitant peut les activer dans la configuration.',
  },
  'api.call_engaged': { title: 'Déjà en appel', detail: 'Vous êtes déjà en appel. Raccrochez d’abord.' },
  'api.call_over': { title: 'Appel terminé', detail: 'Cet appel est terminé. Rappelez.' },
  'api.call_self': { title: 'C’est vous', detail: 'C’est vous-même. Choisissez quelqu’un d’autre.' },
  'api.call_there': { title: 'Déjà dans l’appel', detail: 'Cette personne est déjà dans cet appel.' },
  'api.too_many_tabs': {
    title: 'Trop d’onglets',
    detail: 'Cette page est ouverte dans trop d’onglets. Fermez-en un, puis rechargez cette page.',
  },
  'api.too_many_invites': {
    title: 'Trop de liens',
    detail: 'Cette salle ne peut pas avoir plus de liens. Révoquez-en d’abord.',
  },
  'api.invite_not_found': { title: 'Lien introuvable', detail: 'Ce lien n’existe plus.' },
  'api.too_many_revoked': {
    title: 'Trop de liens révoqués',
    detail: 'Trop de liens de cette salle ont été révoqués. Attendez que certains expirent.',
  },
  'api.too_many_bans': {
    title: 'Trop d’exclusions',
    detail: 'On ne peut pas exclure plus de personnes de cette salle. Levez d’abord une exclusion.',
  },
  'api.ban_not_found': { title: 'Exclusion introuvable', detail: 'Cette exclusion a déjà été levée.' },
  'api.not_a_picture': {
    title: 'Pas une image',
    detail: 'Ce n’est pas un PNG, un JPEG ou un WebP complet. Choisissez une autre image.',
  },
  'api.picture_too_large': {
    title: 'Image trop grande',
    detail: 'L’image est trop grande. Réduisez-la à 3840×2160 pixels et 2 Mo au plus.',
  },
  'api.not_live': {
    title: 'Personne dans la salle',
    detail: 'Il n’y a encore personne dans cette salle. Rejoignez-la d’abord.',
  },
  'api.already_recording': {
    title: 'Déjà en cours d’enregistrement',
    detail: 'Cette salle est déjà en cours d’enregistrement. Arrêtez-le d’abord.',
  },
  'api.not_recording': {
    title: 'Pas d’enregistrement',
    detail: 'L’enregistrement est terminé. Démarrez-en un nouveau.',
  },
  'api.recording_begins': {
    title: 'L’enregistrement va commencer',
    detail: 'L’enregistrement va commencer. Placez alors le repère à nouveau.',
  },
  'api.paused': {
    title: 'Enregistrement en pause',
    detail: 'L’enregistrement est en pause. Reprenez-le d’abord.',
  },
  'api.clip_not_recorded': {
    title: 'Non enregistré',
    detail:
      'Ce moment n’a pas été enregistré, et tout le monde n’a été prévenu que de l’enregistrement. Démarrez-le ou reprenez-le, puis sauvegardez un extrait.',
  },
  'api.clip_not_kept': {
    title: 'Plus disponible',
    detail: 'Le serveur n’en a encore rien, ou n’en a plus rien. Réessayez dans quelques secondes.',
  },
  'api.clip_too_long': {
    title: 'Trop long',
    detail: 'Ce serveur n’autorise pas d’extraits aussi longs. Choisissez une durée plus courte.',
  },
  'api.too_many_clips': {
    title: 'Trop d’extraits',
    detail: 'Cette salle a déjà autant d’extraits que possible. Supprimez-en un d’abord.',
  },
  'api.clips_full': {
    title: 'Plus de place pour les extraits',
    detail: 'Les extraits de toutes les salles occupent toute la place permise. Supprimez-en d’abord.',
  },
  'api.clips_busy': {
    title: 'Plusieurs extraits à la fois',
    detail: 'Plusieurs extraits sont déjà en cours de sauvegarde. Réessayez dans quelques secondes.',
  },
  'api.clip_failed': {
    title: 'L’extrait a échoué',
    detail: 'Le serveur n’a pas pu créer l’extrait, peut-être à cause de son disque. Réessayez.',
  },
  'api.clip_given_up': {
    title: 'L’extrait a été abandonné',
    detail: 'La salle ou le serveur s’arrête. Réessayez ensuite.',
  },
  'api.clip_not_found': { title: 'L’extrait n’existe plus', detail: 'Quelqu’un l’a supprimé.' },
  'api.too_many_markers': {
    title: 'Trop de repères',
    detail: 'Cet enregistrement ne peut pas avoir plus de repères. Démarrez-en un nouveau.',
  },
  'api.database_unavailable': {
    title: 'Base de données injoignable',
    detail: `La base de données du serveur ne répond pas. ${SOON}`,
  },
  'api.disk_full': {
    title: NO_SPACE,
    detail: 'Le disque du serveur est plein. Son exploitant doit libérer de la place.',
  },
  'api.disk_floor': {
    title: NO_SPACE,
    detail: 'Le disque du serveur est presque plein. Son exploitant doit libérer de la place.',
  },
  'archive.nothing_kept': {
    title: 'Pas de vidéo',
    detail:
      'Rien n’était encore sur le disque à la fin de l’enregistrement. Il n’y a donc pas de vidéo ; enregistrez à nouveau.',
  },
  'archive.disk_full': {
    title: 'Pas de vidéo',
    detail:
      'Le disque du serveur était plein pendant la création de la vidéo. Un administrateur doit libérer de la place avant le prochain essai.',
  },
  'archive.disk_failed': {
    title: 'Pas de vidéo',
    detail:
      'Le serveur n’a pas pu lire ou écrire ses fichiers. Un administrateur doit vérifier le disque avant le prochain essai.',
  },
  'archive.worker_lost': {
    title: 'Pas de vidéo',
    detail:
      'La création de la vidéo a été interrompue à plusieurs reprises. Un administrateur en trouvera la raison dans le journal du serveur.',
  },
  'archive.archive_failed': {
    title: 'Pas de vidéo',
    detail:
      'L’enregistrement n’a pas pu être transformé en vidéo. Un administrateur en trouvera la raison dans le journal du serveur.',
  },
} as const satisfies Readonly<Record<string, ProblemWords>>;
