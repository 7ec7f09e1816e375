/** The sentences of the events and of the audit log on the admin page, in French. */
import type { englishAdminEvents } from '../english-admin-events.ts';
import type { Message } from '../sentence.ts';

/** Part of the French catalogue of the admin page. */
export const adminEvents = {
  // What happens
  'adminEvents.log': 'Ce qui s’est passé',
  'adminEvents.show': 'Afficher',
  'adminEvents.everything': 'Tout',
  'adminEvents.rooms': 'Salles et sessions',
  'adminEvents.accounts': 'Comptes et invitations',
  'adminEvents.webhooks': 'Webhooks',
  'adminEvents.loading': 'Chargement des événements…',
  'adminEvents.failed': 'Impossible d’afficher les événements',
  'adminEvents.none': 'Rien pour le moment',
  'adminEvents.noneHint':
    'Dès qu’il se passe quelque chose dans une salle ou avec un enregistrement, cela s’affiche ici.',
  'adminEvents.when': 'Quand',
  'adminEvents.what': 'Quoi',
  'adminEvents.who': 'Qui',
  'adminEvents.number': 'Numéro',
  // Who did what
  'adminAudit.intro':
    'Qui a téléchargé, partagé ou supprimé des enregistrements, et qui en a créé de nouvelles versions. Personne ne peut modifier ce journal ici.',
  'adminAudit.loading': 'Chargement du journal…',
  'adminAudit.failed': 'Impossible d’afficher le journal',
  'adminAudit.more': 'Afficher les lignes plus anciennes',
  'adminAudit.moreLoading': 'Chargement…',
  'adminAudit.none': 'Rien pour le moment',
  'adminAudit.noneHint':
    'Dès qu’un enregistrement est téléchargé, partagé ou supprimé, ou qu’une nouvelle version en est créée, cela s’affiche ici.',
  'adminAudit.when': 'Quand',
  'adminAudit.what': 'Quoi',
  'adminAudit.who': 'Qui',
  'adminAudit.recording': 'Enregistrement',
  // By what the server calls it
  'auditAction.download': 'Téléchargé',
  'auditAction.rename': 'Titre modifié',
  'auditAction.trash': 'Mis à la corbeille',
  'auditAction.restore': 'Restauré',
  'auditAction.delete': 'Supprimé',
  'auditAction.share_made': 'Lien de partage créé',
  'auditAction.share_revoked': 'Lien de partage révoqué',
  'auditAction.share_used': 'Lien de partage ouvert',
  'auditAction.render': 'Nouvelle version créée',
  'auditAction.clip_saved': 'Extrait sauvegardé',
  'auditAction.retention_delete': 'Supprimé par une règle de conservation',
  'auditAction.settings': 'Paramètres modifiés',
  'auditDetail.room': 'Salle : {value}',
  'auditDetail.address': 'Depuis : {value}',
  'auditDetail.file': 'Fichier : {value}',
  'auditDetail.title': 'Titre : {value}',
  'auditDetail.before': 'Avant : {value}',
  'auditDetail.share': 'Lien : {value}',
  'auditDetail.expires': 'Expiration : {value}',
  'auditDetail.watchPage': 'Aussi à la fin de la page de diffusion',
  'auditDetail.render': 'Version : {value}',
  'auditDetail.clip': 'Extrait : {value}',
  'auditDetail.format': 'Format : {value}',
  'auditDetail.reason': 'Règle : {value}',
  'auditDetail.bytes': 'Taille : {value}',
} as const satisfies Record<keyof typeof englishAdminEvents, Message>;
