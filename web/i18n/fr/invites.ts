/** The sentences of the links that a host makes and takes back, in French. */
import type { englishInvites } from '../english-invites.ts';
import type { Message } from '../sentence.ts';

/** Part of the French catalogue. */
export const invites = {
  'invites.title': 'Liens révocables',
  'invites.count': {
    one: '{count} lien valable',
    many: '{count} de liens valables',
    other: '{count} liens valables',
  },
  'invites.hint':
    'Pour un groupe, un rôle et une durée de votre choix. Révoquez un lien, et les personnes venues par lui sortent aussitôt.',
  // A new one
  'invites.label': 'Pour qui',
  'invites.labelHint': 'Seuls les hôtes voient ceci.',
  'invites.role': 'Rôle',
  'invites.participant': 'Participants',
  'invites.viewer': 'Spectateurs',
  'invites.host': 'Hôtes',
  'invites.term': 'Durée',
  'invites.hours': { one: '{count} heure', many: '{count} d’heures', other: '{count} heures' },
  'invites.days': { one: '{count} jour', many: '{count} de jours', other: '{count} jours' },
  'invites.termHint': 'Jamais plus longtemps que votre propre lien.',
  'invites.uses': 'Pour combien de personnes',
  'invites.usesHint': 'Vide : sans limite.',
  'invites.usesWrong': 'Un nombre entier de 1 à {most}.',
  'invites.make': 'Créer un lien',
  'invites.made': 'Le nouveau lien',
  'invites.madeHint': 'Expiration : {when}.',
  // Those of a room, where that is not in it
  'links.joinHint':
    'Il permet de rejoindre la salle avec caméra et micro. Expiration : {when}. Vous pouvez le révoquer dans la salle, sous « Inviter ».',
  'links.watchHint':
    'Pour autant de spectateurs que vous voulez ; on ne les voit ni ne les entend. Expiration : {when}. Vous pouvez le révoquer dans la salle, sous « Inviter ».',
  'links.phone': 'Code pour téléphones',
  // Those there are
  'invites.loading': 'Chargement des liens…',
  'invites.none': 'Aucun lien pour l’instant',
  'invites.noneHint':
    'Les liens créés ici s’affichent jusqu’à leur expiration, avec le nombre de personnes venues par eux.',
  'invites.noLabel': 'Sans nom',
  'invites.quick': 'Lien rapide',
  'invites.until': 'Expiration : {when}',
  'invites.nobody': 'Personne n’est encore venu',
  'invites.came': {
    one: '{count} personne venue',
    many: '{count} de personnes venues',
    other: '{count} personnes venues',
  },
  'invites.cameOf': '{used} sur {most} déjà venues',
  'invites.usedUp': 'Épuisé',
  'invites.copy': 'Copier',
  'invites.copyName': 'Copier le lien « {label} »',
  'invites.byHand': 'Sélectionner et copier',
  'invites.revoke': 'Révoquer',
  'invites.revokeName': 'Révoquer le lien « {label} »',
  'invites.revokeTitle': 'Révoquer le lien « {label} » ?',
  'invites.revokeText':
    'Les personnes venues par ce lien sortent aussitôt, et il ne laisse plus entrer personne. Les autres restent.',
  'invites.revokeOwn':
    'C’est le lien par lequel vous êtes venu : vous sortez aussitôt, comme toutes les personnes venues par lui.',
  'invites.revoked': 'Le lien « {label} » n’est plus valable',
  'invites.keep': 'Conserver',
  'invites.failed': 'Cela n’a pas fonctionné',
  'invites.again': 'Réessayer',
} as const satisfies Record<keyof typeof englishInvites, Message>;
