/** The sentences of the rooms on the admin page, in French. */
import type { englishAdminRooms } from '../english-admin-rooms.ts';
import type { Message } from '../sentence.ts';

/** Part of the French catalogue of the admin page. */
export const adminRooms = {
  'adminRooms.newTitle': 'Titre d’une nouvelle salle',
  'adminRooms.create': 'Créer',
  'adminRooms.search': 'Rechercher des salles',
  'adminRooms.searchHint': 'Rechercher un titre ou un ID',
  'adminRooms.loading': 'Chargement des salles…',
  'adminRooms.noMatch': 'Aucune salle de ce nom',
  'adminRooms.noMatchHint': 'Cherchez d’autres mots du titre ou de l’ID.',
  'adminRooms.none': 'Pas encore de salles',
  'adminRooms.noneHint':
    'Créez-en une ci-dessus, puis envoyez le lien d’invitation aux personnes qui doivent être à l’image.',
  'adminRooms.more': 'Afficher plus de salles',
  'adminRooms.deleteTitle': 'Supprimer « {title} » ?',
  'adminRooms.deleteLive':
    'Toutes les personnes de la salle sont déconnectées et ses liens ne fonctionnent plus. Les enregistrements restent, les extraits sont supprimés avec elle.',
  'adminRooms.deleteIdle':
    'Ses liens ne fonctionnent plus. Les enregistrements restent, les extraits sont supprimés avec elle.',
  'adminRooms.deleteDo': 'Supprimer la salle',
  // One room
  'adminRooms.deleteName': 'Supprimer la salle {title}',
  'adminRooms.picture': 'Ce que montre « {title} »',
  'adminRooms.live': 'En direct',
  'adminRooms.idle': 'Inactive',
  'adminRooms.rec': 'REC {length}',
  'adminRooms.recPaused': 'REC en pause {length}',
  'adminRooms.trouble': 'L’enregistrement a un problème',
  'adminRooms.join': 'Rejoindre',
  'adminRooms.links': 'Liens',
  'adminRooms.id': 'ID {id}',
  'adminRooms.people': { one: '{count} personne', many: '{count} de personnes', other: '{count} personnes' },
  'adminRooms.watching': { one: '{count} spectateur', many: '{count} de spectateurs', other: '{count} spectateurs' },
  'adminRooms.tiles': { one: '{count} vignette', many: '{count} de vignettes', other: '{count} vignettes' },
  'adminRooms.pictures': {
    one: '{count} image, en retard : {late}, omises : {skipped}',
    many: '{count} d’images, en retard : {late}, omises : {skipped}',
    other: '{count} images, en retard : {late}, omises : {skipped}',
  },
  'adminRooms.record': 'Enregistrer',
  'adminRooms.recordHint': 'Enregistrer ce qui est vu et entendu',
  'adminRooms.recordLater': 'Personne n’est dans la salle ; l’enregistrement est possible dès que quelqu’un est là',
  'adminRooms.pauseName': 'Mettre l’enregistrement en pause',
  'adminRooms.goOnName': 'Reprendre l’enregistrement',
  'adminRooms.stopName': 'Arrêter l’enregistrement',
  'adminRooms.marker': 'Nom d’un repère dans {title}',
  // How its program goes
  'roomHealth.reduced': 'Réduite, niveau {step} sur {steps}',
  'roomHealth.reducedDetail':
    'La machine est trop lente pour tout faire. Le retour est automatique dès qu’elle a de nouveau de la marge.',
  'roomHealth.late': 'Images en retard',
  'roomHealth.lateDetail': '{percent} % des images étaient en retard ou ont été omises.',
  'roomHealth.well': 'Tout va bien',
  'roomHealth.wellDetail': 'Chaque image est à l’heure.',
  'roomHealth.restarted': {
    one: 'L’image a été relancée une fois.',
    many: 'L’image a été relancée {count} de fois.',
    other: 'L’image a été relancée {count} fois.',
  },
} as const satisfies Record<keyof typeof englishAdminRooms, Message>;
