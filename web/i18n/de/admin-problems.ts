/** What a server refuses to an admin, in German. */
import type { AdminProblemCode } from '../admin-problem-codes.ts';
import type { ProblemWords } from '../message.ts';

/** By `api.` and the server's own code. */
export const adminProblems = {
  'api.recording_not_found': {
    title: 'Keine Aufzeichnung',
    detail: 'Diese Aufzeichnung gibt es nicht oder nicht mehr. In der Liste stehen alle, die da sind.',
  },
  'api.last_admin': {
    title: 'Letzter Admin',
    detail: 'Sonst kann sich kein Admin anmelden. Machen Sie zuerst jemand anderen zum Admin.',
  },
  'api.too_many_accounts': {
    title: 'Zu viele Konten',
    detail: 'Auf diesem Server gibt es schon so viele Konten, wie er aufnimmt. Löschen Sie zuerst welche.',
  },
  'api.import_invalid': {
    title: 'Keine lesbare Liste',
    detail: 'Das ist keine Liste von Personen, oder sie hat zu viele Zeilen. Höchstens 5000 dürfen es sein.',
  },
  'api.bad_url': {
    title: 'Ungültige Adresse',
    detail:
      'Ein Webhook braucht eine Adresse mit http:// oder https:// und ohne Benutzernamen. Ein Geheimnis kann im Pfad stehen.',
  },
  'api.private_address': {
    title: 'Privates Netz',
    detail:
      'Die Adresse führt in ein privates Netz, das Webhooks nicht erreichen dürfen. Nehmen Sie eine öffentliche, oder setzen Sie events.allowPrivateWebhooks.',
  },
  'api.too_many_webhooks': {
    title: 'Zu viele Webhooks',
    detail: 'Auf diesem Server gibt es schon so viele Webhooks, wie er aufnimmt. Löschen Sie zuerst einen.',
  },
  'api.webhook_not_found': { title: 'Kein solcher Webhook', detail: 'Diesen Webhook gibt es nicht mehr.' },
  'api.too_many_shares': {
    title: 'Zu viele Links',
    detail: 'Diese Aufzeichnung hat schon so viele Links, wie möglich sind. Widerrufen Sie zuerst einen.',
  },
  'api.share_not_found': { title: 'Kein solcher Link', detail: 'Diesen Link gibt es nicht, oder er wurde widerrufen.' },
  'api.not_failed': {
    title: 'Nicht fehlgeschlagen',
    detail: 'Neu versuchen lässt sich nur eine Aufzeichnung, deren Archiv fehlgeschlagen ist.',
  },
  'api.not_ready': {
    title: 'Noch nicht fertig',
    detail: 'Das ist noch nicht fertig. Die Dateien gibt es, sobald es fertig ist.',
  },
  'api.file_damaged': {
    title: 'Beschädigte Datei',
    detail: 'Diese Datei ist nicht, was erstellt wurde. Lassen Sie sie neu erstellen.',
  },
  'api.file_missing': {
    title: 'Keine solche Datei',
    detail: 'Diese Datei gibt es nicht. In der Liste stehen alle, die da sind.',
  },
  'api.unknown_file': { title: 'Keine solche Datei', detail: 'Im Archiv gibt es keine Datei mit diesem Namen.' },
  'api.key_missing': {
    title: 'Kein Schlüssel',
    detail: 'Der Schlüssel dieser Aufzeichnung wurde gelöscht; niemand kann sie mehr lesen.',
  },
  'api.key_damaged': {
    title: 'Schlüssel unlesbar',
    detail:
      'Der Schlüssel dieser Aufzeichnung lässt sich nicht öffnen. Stellen Sie den Schlüssel des Servers wieder her, mit dem er erstellt wurde.',
  },
  'api.storage_unavailable': {
    title: 'Speicher nicht erreichbar',
    detail:
      'Der Speicher, in dem die Aufzeichnung liegt, ist nicht erreichbar oder nicht mehr eingestellt. Prüfen Sie ihn, und versuchen Sie es erneut.',
  },
  'api.redis_unavailable': {
    title: 'Redis antwortet nicht',
    detail:
      'Redis antwortet nicht, deshalb lässt sich zurzeit nichts in Auftrag geben. Sobald Redis wieder da ist, geht es weiter.',
  },
  'api.no_tracks': {
    title: 'Nur ein Video',
    detail: 'Von dieser Aufzeichnung gibt es nur das Video; etwas anderes lässt sich daraus nicht erstellen.',
  },
  'api.unknown_person': {
    title: 'Unbekannte Person',
    detail: 'Eine der weggelassenen Personen kommt in dieser Aufzeichnung nicht vor.',
  },
  'api.render_empty': {
    title: 'Außerhalb der Aufzeichnung',
    detail: 'Anfang und Ende müssen innerhalb der Aufzeichnung liegen.',
  },
  'api.render_not_found': {
    title: 'Keine solche Fassung',
    detail: 'Diese Fassung gibt es nicht mehr. In der Liste stehen alle, die da sind.',
  },
  'api.render_too_long': {
    title: 'Zu lang',
    detail: 'So lang darf eine Fassung nicht sein. Wählen Sie einen kürzeren Ausschnitt.',
  },
  'api.renders_busy': {
    title: 'Zu viele in Arbeit',
    detail: 'Es warten schon zu viele Fassungen. Versuchen Sie es erneut, wenn eine fertig ist.',
  },
  'api.too_many_renders': {
    title: 'Zu viele Fassungen',
    detail: 'Diese Aufzeichnung hat schon so viele Fassungen, wie möglich sind. Löschen Sie zuerst eine.',
  },
  'api.no_trash': {
    title: 'Kein Papierkorb',
    detail: 'Die Einstellungen sehen keinen Papierkorb vor. Löschen Sie die Aufzeichnung sofort.',
  },
  'api.not_in_trash': {
    title: 'Nicht im Papierkorb',
    detail: 'Die Aufzeichnung ist nicht im Papierkorb: Sie wurde wiederhergestellt oder endgültig gelöscht.',
  },
  'api.not_stopped': {
    title: 'Noch nicht beendet',
    detail: 'Die Aufzeichnung ist noch nicht beendet. Versuchen Sie es noch einmal.',
  },
  'api.interrupted': {
    title: 'Aufzeichnung unterbrochen',
    detail:
      'Die Aufzeichnung wurde unterbrochen und wartet darauf, dass jemand in den Raum zurückkommt. Treten Sie bei.',
  },
  'recording.interrupted': {
    title: 'Aufzeichnung unterbrochen',
    detail:
      'Der Server endete unerwartet während der Aufzeichnung. Sie läuft weiter, sobald wieder jemand im Raum ist; kommt niemand, wird sie mit dem Erhaltenen abgeschlossen.',
  },
} as const satisfies Readonly<Record<AdminProblemCode, ProblemWords>>;
