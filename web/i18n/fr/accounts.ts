/** The sentences of the people on the admin page, in French. */
import type { englishAccounts } from '../english-accounts.ts';
import type { Message } from '../sentence.ts';

/** Part of the French catalogue. */
export const accounts = {
  'accounts.title': 'Personnes',
  'accounts.intro':
    'Avec un compte, on crée des salles, on trouve les autres et on les appelle. Les invités n’en ont pas besoin : un lien suffit.',
  'accounts.loading': 'Chargement des personnes…',
  'accounts.failed': 'La liste n’est pas à jour',
  'accounts.again': 'Actualiser',
  'accounts.refused': 'Cela n’a pas fonctionné',
  'accounts.search': 'Rechercher des personnes',
  'accounts.searchHint': 'Nom ou identifiant',
  'accounts.none': 'Personne n’a encore de compte',
  'accounts.noneHint': 'Ajoutez quelqu’un, ou importez tout le monde d’un coup à partir d’une liste.',
  'accounts.firstHint':
    'Au démarrage, le serveur affiche un lien qui crée le compte du premier administrateur. Vous pouvez aussi ajouter tout le monde ici.',
  'accounts.noMatch': 'Personne ne porte ce nom',
  'accounts.noMatchHint': 'Essayez une partie du nom ou de l’identifiant, ou moins de lettres.',
  'accounts.more': 'Afficher plus',
  'accounts.off': 'Il n’y a pas de comptes sur ce serveur',
  'accounts.offHint':
    'Son exploitant peut mettre « {key} » à « on » dans la configuration, puis redémarrer le serveur. Les salles et les liens fonctionnent sans compte.',
  'accounts.offSettings': 'Afficher les paramètres',
  // One person
  'accounts.since': 'Depuis le {date}',
  'accounts.admin': 'Admin',
  'accounts.disabled': 'Désactivé',
  'accounts.you': 'Vous',
  'accounts.deeds': 'Plus d’options : {name}',
  'accounts.setPassword': 'Définir un mot de passe',
  'accounts.makeAdmin': 'Nommer administrateur',
  'accounts.unmakeAdmin': 'Retirer les droits d’administrateur',
  'accounts.disable': 'Désactiver',
  'accounts.enable': 'Réactiver',
  'accounts.delete': 'Supprimer',
  'accounts.deleteTitle': 'Supprimer le compte de « {name} » ?',
  'accounts.deleteText': 'Toutes les sessions de ce compte prennent fin aussitôt. Les salles créées avec lui restent.',
  'accounts.deleteDo': 'Supprimer le compte',
  'accounts.didPassword':
    'Désormais, {name} se connecte avec le nouveau mot de passe ; toutes ses sessions ont pris fin.',
  'accounts.didAdmin': '{name} a maintenant les droits d’administrateur, et doit se reconnecter.',
  'accounts.didNoAdmin': '{name} n’a plus les droits d’administrateur, et doit se reconnecter.',
  'accounts.didDisable': '{name} ne peut plus se connecter, et toutes ses sessions ont pris fin.',
  'accounts.didEnable': '{name} peut de nouveau se connecter.',
  'accounts.didDelete': 'Le compte de {name} est supprimé.',
  // A password
  'accounts.password': 'Mot de passe',
  'accounts.newPassword': 'Nouveau mot de passe',
  'accounts.passwordHint': 'Au moins {count} caractères. Transmettez-le de préférence de vive voix ou par téléphone.',
  'accounts.passwordLater':
    'Au moins {count} caractères. Sans mot de passe, impossible de se connecter tant que vous n’en définissez pas un.',
  'accounts.passwordShort': 'Utilisez au moins {count} caractères ; plusieurs mots se retiennent facilement.',
  'accounts.show': 'Afficher le mot de passe',
  'accounts.suggest': 'En proposer un',
  'accounts.passwordTitle': 'Mot de passe pour {name}',
  'accounts.passwordText': 'L’ancien ne sera plus valable, et toutes les sessions de ce compte prendront fin aussitôt.',
  'accounts.passwordDo': 'Définir le mot de passe',
  // Somebody new
  'accounts.add': 'Ajouter quelqu’un',
  'accounts.addTitle': 'Nouvelle personne',
  'accounts.name': 'Nom',
  'accounts.nameHint': 'Celui que les autres voient.',
  'accounts.login': 'Identifiant',
  'accounts.loginHint': 'Il sert à se connecter ; une adresse e-mail, par exemple.',
  'accounts.addAdmin': 'Administrateur : voit et modifie tout sur ce serveur',
  'accounts.addDo': 'Ajouter',
  'accounts.close': 'Fermer',
  'accounts.didAdd': '{name} peut maintenant se connecter avec l’identifiant « {login} ».',
  'accounts.didAddLater':
    '{name} a le compte « {login} » et pourra se connecter dès que vous définirez un mot de passe.',
  // A list
  'accounts.import': 'Importer une liste',
  'accounts.importTitle': 'Plusieurs à la fois',
  'accounts.importHint':
    'Une ligne par personne : identifiant, nom et, si vous voulez, mot de passe, séparés par des virgules, des points-virgules ou des tabulations. La première ligne peut nommer les colonnes. Les personnes déjà présentes prennent le nom de la liste et gardent tout le reste.',
  'accounts.list': 'Liste',
  'accounts.listHint': 'Collez-la, déposez un fichier ici ou choisissez-en un.',
  'accounts.listExample': 'Identifiant, nom, mot de passe\nana, Ana Lima\nben, Ben Okoro, quatre longs mots doux',
  'accounts.choose': 'Choisir un fichier',
  'accounts.importDo': {
    one: 'Importer {count} ligne',
    many: 'Importer {count} de lignes',
    other: 'Importer {count} lignes',
  },
  'accounts.importEmpty': 'Importer',
  'accounts.importing': 'Importation…',
  'accounts.listLong': 'Une liste fait 1 Mo au plus ; divisez-la.',
  'accounts.listUnread':
    'Ce fichier est illisible ; enregistrez-le au format texte ou CSV, puis choisissez-le à nouveau.',
  'accounts.made': {
    one: '{count} compte créé',
    many: '{count} de comptes créés',
    other: '{count} comptes créés',
  },
  'accounts.renamed': 'Renommés : {count}',
  'accounts.unchanged': 'Inchangés : {count}',
  'accounts.importNobody': 'Cette liste ne contient personne',
  'accounts.importNone': 'Aucune ligne n’a été reprise',
  'accounts.importAll': 'Toutes les lignes ont été reprises.',
  'accounts.faults': {
    one: '{count} ligne a été ignorée',
    many: '{count} de lignes ont été ignorées',
    other: '{count} lignes ont été ignorées',
  },
  'accounts.faultsMany': 'Plus de {count} lignes ont été ignorées ; voici les premières',
  'accounts.faultsHint': 'Corrigez la liste et importez-la à nouveau : ce qui a été repris reste tel quel.',
  'accounts.faultLine': 'Ligne {line}',
  // Why a line was left out, by what the server calls it
  'importFault.login': 'L’identifiant doit avoir de 1 à 64 lettres sans accents, chiffres ou un de . _ @ + -',
  'importFault.name': 'Le nom peut avoir {most} caractères, aucun invisible',
  'importFault.password': 'Le mot de passe doit avoir de {least} à {most} caractères',
  'importFault.column_unknown':
    'La colonne « {column} » n’est ni identifiant, ni nom, ni mot de passe ; rien n’en a été repris',
  'importFault.column_twice': 'La colonne « {column} » est la deuxième pour la même chose ; rien n’en a été repris',
  'importFault.too_many_passwords':
    'Une liste définit {most} mots de passe au plus ; mettez cette ligne dans une autre',
  'importFault.too_many_accounts': 'Il y a déjà {most} comptes',
} as const satisfies Record<keyof typeof englishAccounts, Message>;
