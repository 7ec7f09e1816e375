/** The sentences of the page where one starts a room or goes to one, in French. */
import type { englishLanding } from '../english-landing.ts';
import type { Message } from '../sentence.ts';

/** Part of the French catalogue. */
export const landing = {
  'landing.title': 'Tout le monde dans une même image, en direct et enregistrée',
  'landing.lead':
    'Ouvrez un lien, activez la caméra et prenez place dans une image commune et horodatée : regardée partout en direct, conservée en un seul MP4.',
  // A new room
  'landing.start': 'Ouvrir une salle',
  'landing.roomTitle': 'Titre',
  'landing.roomTitleExample': 'Réunion du lundi',
  'landing.private': 'Visible seulement avec le lien spectateur',
  'landing.more': 'Plus d’options',
  'landing.recordsItself': 'Enregistrer automatiquement dès que quelqu’un est dans la salle',
  'landing.layout': 'Disposition au départ',
  'landing.layoutGrid': 'Grille : tout le monde à la même taille',
  'landing.layoutSpeaker': 'Intervenant : la personne qui parle en grand',
  'landing.layoutSideBySide': 'Côte à côte : deux à la même taille',
  'landing.layoutPresentation': 'Présentation : un écran partagé en grand',
  'landing.layoutPortrait': 'Portrait : une colonne verticale, pour les téléphones',
  'landing.token': 'Jeton d’administration',
  'landing.tokenHint':
    'Sur ce serveur, seuls les administrateurs ouvrent des salles. Le jeton a été affiché au premier démarrage du serveur.',
  'landing.tokenFirst': 'Ce serveur demande d’abord son jeton d’administration : saisissez-le ci-dessus.',
  'landing.signIn': 'Se connecter plutôt avec un compte',
  'landing.failed': 'La salle n’a pas été créée',
  'landing.create': 'Créer la salle',
  'landing.creating': 'Création…',
  'landing.ready': '« {title} » : tout est prêt',
  'landing.enter': 'Rejoindre en tant qu’hôte',
  'landing.another': 'En créer une autre',
  // A room that is there
  'landing.join': 'Rejoindre une salle',
  'landing.address': 'Lien d’invitation ou ID de la salle',
  'landing.go': 'Continuer',
  'landing.noAddress':
    'Ce n’est ni le lien ni l’ID d’une salle. Collez en entier le lien reçu ; un ID ne contient que des lettres, des chiffres, - et _.',
} as const satisfies Record<keyof typeof englishLanding, Message>;
