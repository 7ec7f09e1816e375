/** The sentences of the files and the share links of a recording on the admin page, in French. */
import type { englishAdminFiles } from '../english-admin-files.ts';
import type { Message } from '../sentence.ts';

/** Part of the French catalogue of the admin page. */
export const adminFiles = {
  // Files
  'adminFiles.title': 'Fichiers',
  'adminFiles.count': {
    one: '{count} fichier, {size}',
    many: '{count} de fichiers, {size}',
    other: '{count} fichiers, {size}',
  },
  'adminFiles.loading': 'Chargement de la liste des fichiers…',
  'adminFiles.pieces': {
    one: 'S’y ajoute {count} morceau du flux, que les lecteurs demandent automatiquement.',
    many: 'S’y ajoutent {count} de morceaux du flux, que les lecteurs demandent automatiquement.',
    other: 'S’y ajoutent {count} morceaux du flux, que les lecteurs demandent automatiquement.',
  },
  'adminFiles.about': '{name} · {size}',
  'adminFiles.sum': 'SHA-256 {sum}',
  'adminFiles.copySum': 'SHA-256 {sum} de {name} : copier en entier',
  'adminFiles.copied': 'Copié',
  'adminFiles.sumCopied': 'Somme de contrôle copiée',
  'adminFiles.copyFailed': 'Ce navigateur ne laisse pas les pages copier. La somme SHA-256 de {name} est {sum}.',
  'adminFiles.downloadName': 'Télécharger {name}',
  // Kinds, by what the server calls them
  'fileKind.film': 'Vidéo',
  'fileKind.track': 'Piste',
  'fileKind.shared': 'Fichier partagé',
  'fileKind.timeline': 'Chronologie',
  'fileKind.captions': 'Sous-titres',
  'fileKind.table': 'Tableau',
  'fileKind.poster': 'Affiche',
  'fileKind.sprite': 'Vignettes',
  'fileKind.waveform': 'Forme d’onde',
  'fileKind.vod': 'Streaming',
  // Titles that every archive has
  'fileTitle.timeline': 'Chronologie',
  'fileTitle.speakers': 'Qui parle',
  'fileTitle.chat': 'Chat',
  'fileTitle.attendance': 'Présence',
  'fileTitle.poster': 'Affiche',
  'fileTitle.sprites': 'Vignettes de la barre de lecture',
  'fileTitle.sprite_places': 'Positions des vignettes',
  'fileTitle.waveform': 'Niveau sonore',
  'fileTitle.playlist': 'Playlist HLS',
  // Share links
  'adminShares.title': 'Partager',
  'adminShares.intro':
    'Toute personne qui a le lien voit la vidéo avec ses chapitres, et rien d’autre, jusqu’à ce qu’il expire ou soit révoqué.',
  'adminShares.term': 'Durée',
  'adminShares.hour': 'Une heure',
  'adminShares.day': 'Un jour',
  'adminShares.week': 'Une semaine',
  'adminShares.month': '30 jours',
  'adminShares.make': 'Créer un lien',
  'adminShares.watchPage': 'L’afficher aussi à la fin de la page de diffusion',
  'adminShares.moment': 'Commencer à {time}, là où en est la vidéo',
  'adminShares.new': 'Le nouveau lien',
  'adminShares.link': 'Lien, expiration : {when}',
  'adminShares.until': 'Expiration : {when}',
  'adminShares.untilWatch': 'Expiration : {when} ; aussi à la fin de la page de diffusion',
  'adminShares.takeBack': 'Révoquer',
  'adminShares.takeBackName': 'Révoquer le lien, expiration : {when}',
} as const satisfies Record<keyof typeof englishAdminFiles, Message>;
