/** What the server answers about files and the chat, in French. */
import type { ProblemWords } from '../message.ts';

const AGAIN = 'Recommencez l’envoi.';
const FEW_SECONDS = 'Attendez quelques secondes.';

/** What the server answers about files and the chat. Part of the French catalogue. */
export const problemsTalk = {
  'api.files_off': {
    title: 'Les fichiers sont désactivés',
    detail: 'Les fichiers sont désactivés dans cette salle. Demandez à un hôte de les activer.',
  },
  'api.viewers_not': {
    title: 'Pas pour les spectateurs',
    detail: 'Les fichiers de cette salle sont pour les personnes qui y sont. Demandez une invitation à un hôte.',
  },
  'api.file_not_found': { title: 'Fichier introuvable', detail: 'Ce fichier n’existe plus.' },
  'api.file_incomplete': {
    title: 'Fichier incomplet',
    detail: 'Ce fichier n’est pas encore entièrement arrivé. Réessayez quand il sera partagé.',
  },
  'api.file_too_large': {
    title: 'Fichier trop volumineux',
    detail: 'Ce fichier est trop volumineux. Réduisez-le, ou envoyez-le en plusieurs parties.',
  },
  'api.too_many_files': {
    title: 'Trop de fichiers',
    detail: 'Cette salle n’accepte pas plus de fichiers. Supprimez-en d’abord.',
  },
  'api.too_many_unfinished': {
    title: 'Trop d’envois en cours',
    detail: 'Trop de vos fichiers sont en cours d’envoi. Attendez que l’un soit terminé, ou abandonnez-en un.',
  },
  'api.too_many_uploads': {
    title: 'Trop d’envois en cours',
    detail: 'On ne peut pas envoyer plus de fichiers à la fois. Attendez que l’un soit terminé.',
  },
  'api.too_fast': { title: 'Trop vite', detail: `Trop de fichiers en peu de temps. ${FEW_SECONDS}` },
  'api.user_quota': {
    title: 'Votre espace est plein',
    detail: 'Il ne vous reste pas assez d’espace dans cette salle. Supprimez d’abord l’un de vos fichiers.',
  },
  'api.room_quota': {
    title: 'L’espace de la salle est plein',
    detail: 'Il ne reste pas assez d’espace dans cette salle. Supprimez d’abord un fichier.',
  },
  'api.upload_busy': {
    title: 'Envoi déjà en cours',
    detail: 'Ce fichier est déjà envoyé d’ailleurs, peut-être d’un autre onglet.',
  },
  'api.upload_cut': { title: 'Envoi interrompu', detail: 'L’envoi a été interrompu. Reprenez-le.' },
  'api.checksum_mismatch': { title: 'Fichier endommagé', detail: `Le fichier est arrivé endommagé. ${AGAIN}` },
  'api.too_many_bytes': {
    title: 'Fichier modifié',
    detail: `Le fichier est plus volumineux qu’au départ. ${AGAIN}`,
  },
  'api.not_yours': {
    title: 'Ce n’est pas à vous',
    detail: 'Seuls les hôtes et la personne dont cela vient peuvent le faire.',
  },
  'api.chat_slow': {
    title: 'Mode lent',
    detail: 'Ce chat est en mode lent. Attendez un peu avant le prochain message.',
  },
  'api.chat_too_fast': { title: 'Trop vite', detail: `Vous écrivez plus vite qu’on ne peut lire. ${FEW_SECONDS}` },
  'api.chat_room_busy': {
    title: 'Trop de messages',
    detail: `Trop de messages à la fois dans cette salle. ${FEW_SECONDS}`,
  },
  'api.chat_closed': {
    title: 'Chat réservé à la salle',
    detail: 'Le chat est réservé aux personnes qui sont dans la salle.',
  },
  'api.chat_read_only': {
    title: 'Lecture seule',
    detail: 'Ici, vous pouvez seulement lire ; les personnes de la salle écrivent.',
  },
  'api.members_only': {
    title: 'Réservé à la salle',
    detail: 'Seules les personnes de la salle peuvent enregistrer le chat. Demandez le fichier à un hôte.',
  },
  'api.not_admitted': {
    title: 'Réservé à la salle',
    detail: 'Ceci est réservé aux personnes de la salle. Entrez-y d’abord.',
  },
  'api.message_gone': { title: 'Message introuvable', detail: 'Ce message n’existe plus.' },
  'api.to_oneself': {
    title: 'À vous-même',
    detail: 'Un message privé s’adresse à quelqu’un d’autre.',
  },
  'api.recipient_gone': {
    title: 'Personne partie',
    detail: 'Cette personne n’est plus dans la salle. Écrivez à quelqu’un qui y est.',
  },
  'api.reply_private': {
    title: 'Message privé',
    detail: 'On ne répond à un message privé qu’en privé, à la personne qui l’a écrit.',
  },
  'api.private_off': {
    title: 'Pas de messages privés',
    detail: 'Les messages privés sont désactivés dans cette salle. Écrivez à tout le monde.',
  },
  'api.bad_upload': { title: 'Envoi refusé', detail: 'Le serveur n’a pas compris cet envoi. Recommencez-le.' },
  'api.offset_mismatch': {
    title: 'Envoi interrompu',
    detail: 'Le serveur n’a pas reçu autant que prévu. Reprenez l’envoi.',
  },
  'api.name_missing': {
    title: 'Pas de nom',
    detail: 'Il manque le nom de la personne qui écrit. Saisissez d’abord le vôtre.',
  },
  'api.body_too_large': { title: 'Trop à la fois', detail: 'C’est trop à la fois. Raccourcissez.' },
  'api.invalid_request': { title: 'Demande refusée', detail: 'Le serveur ne l’accepte pas ainsi : {detail}' },
  'api.room_ended': { title: 'La salle est fermée', detail: 'Cette salle est fermée. Créez-en une autre.' },
  'api.bad_cursor': { title: 'Liste périmée', detail: 'Cette liste n’est plus à jour. Rechargez-la.' },
} as const satisfies Readonly<Record<string, ProblemWords>>;
