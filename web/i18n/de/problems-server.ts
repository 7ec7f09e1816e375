/** What the server answers to requests, in German. */
import type { ProblemWords } from '../message.ts';

const ASK_LINK = 'Bitten Sie einen Host des Raums um einen neuen Link.';
const LATER = 'Versuchen Sie es gleich noch einmal.';
const NO_ROOM_LEFT = 'Auf dem Server ist kein Platz mehr';

/** What the server answers to a request. Part of the German catalogue. */
export const problemsServer = {
  'api.unreachable': {
    title: 'Der Server ist nicht erreichbar',
    detail: 'Der Server ist nicht erreichbar. Prüfen Sie die Verbindung, und versuchen Sie es noch einmal.',
  },
  'api.page_outdated': {
    title: 'Diese Seite ist älter als der Server',
    detail: 'Der Server wurde aktualisiert, nachdem diese Seite geöffnet wurde. Laden Sie die Seite neu.',
    action: 'Seite neu laden',
  },
  'api.internal': { title: 'Fehler auf dem Server', detail: `Auf dem Server ist etwas schiefgegangen. ${LATER}` },
  'api.rate_limited': {
    title: 'Zu viele Anfragen',
    detail: 'Das waren zu viele Anfragen auf einmal. Warten Sie einen Moment, und versuchen Sie es noch einmal.',
  },
  'api.token_missing': { title: 'Der Link ist unvollständig', detail: `Dem Link fehlt ein Teil. ${ASK_LINK}` },
  'api.token_invalid': { title: 'Der Link ist ungültig', detail: `Dieser Link ist ungültig. ${ASK_LINK}` },
  'api.token_expired': { title: 'Der Link ist abgelaufen', detail: `Dieser Link ist abgelaufen. ${ASK_LINK}` },
  'api.token_revoked': { title: 'Der Link wurde widerrufen', detail: `Dieser Link wurde widerrufen. ${ASK_LINK}` },
  'api.token_earlier_room': {
    title: 'Dieser Link gilt für einen früheren Raum',
    detail: `Der Raum wurde gelöscht und unter derselben Kennung neu angelegt. ${ASK_LINK}`,
  },
  'api.invite_used_up': { title: 'Der Link ist aufgebraucht', detail: `Dieser Link ist aufgebraucht. ${ASK_LINK}` },
  'api.signed_out': { title: 'Sie sind abgemeldet', detail: 'Sie sind abgemeldet. Melden Sie sich wieder an.' },
  'api.sign_in_first': { title: 'Nicht angemeldet', detail: 'Dafür müssen Sie sich zuerst anmelden.' },
  'api.removed': {
    title: 'Sie wurden entfernt',
    detail: 'Ein Host hat Sie aus diesem Raum entfernt. Bitten Sie um eine neue Einladung.',
  },
  'api.banned': {
    title: 'Sie sind ausgesperrt',
    detail: 'Ein Host lässt Sie nicht mehr in diesen Raum. Fragen Sie nach, falls das ein Irrtum ist.',
  },
  'api.forbidden': {
    title: 'Nicht erlaubt',
    detail: `Ihr Link erlaubt das nicht, oder er ist abgelaufen. ${ASK_LINK}`,
  },
  'api.admin_only': {
    title: 'Nur für Admins',
    detail: 'Das dürfen nur Admins. Melden Sie sich mit einem Adminkonto an.',
  },
  'api.host_only': {
    title: 'Nur für Hosts',
    detail: 'Das dürfen nur Hosts dieses Raums. Bitten Sie um einen Link für Hosts.',
  },
  'api.user_only': { title: 'Nur mit Konto', detail: 'Das geht nur mit einem Konto. Melden Sie sich zuerst an.' },
  'api.not_a_member': {
    title: 'Nicht Ihr Raum',
    detail: 'Sie sind angemeldet, gehören aber nicht zu diesem Raum. Bitten Sie einen Host um einen Link.',
  },
  'api.wrong_room': {
    title: 'Link für einen anderen Raum',
    detail: 'Dieser Link gehört zu einem anderen Raum. Bitten Sie um einen Link für diesen.',
  },
  'api.cross_site': {
    title: 'Nicht von hier aus',
    detail: 'Von einer anderen Website aus geht das nicht. Öffnen Sie die Seite dieses Servers.',
  },
  'api.room_not_found': {
    title: 'Diesen Raum gibt es nicht',
    detail:
      'Diesen Raum gibt es nicht oder nicht mehr. Prüfen Sie den Link, oder lassen Sie sich einen neuen schicken.',
  },
  'api.room_exists': {
    title: 'Diesen Raum gibt es schon',
    detail: 'Einen Raum mit dieser ID gibt es schon. Wählen Sie eine andere.',
  },
  'api.too_many_rooms': {
    title: 'Zu viele Räume',
    detail: 'Auf diesem Server gibt es schon so viele Räume, wie er aufnimmt. Löschen Sie zuerst einen.',
  },
  'api.too_many_own_rooms': {
    title: 'Zu viele eigene Räume',
    detail: 'Sie haben so viele Räume, wie eine Person auf diesem Server haben darf. Löschen Sie zuerst einen.',
  },
  'api.participant_not_found': { title: 'Nicht mehr da', detail: 'Diese Person ist nicht mehr im Raum.' },
  'api.not_waiting': { title: 'Wartet nicht mehr', detail: 'Diese Person wartet nicht mehr.' },
  'api.no_password': {
    title: 'Kein Passwort',
    detail: 'Dieser Raum hat kein Passwort. Bitten Sie einen Host um eine Einladung.',
  },
  'api.password_wrong': {
    title: 'Das Passwort stimmt nicht',
    detail: 'Das ist nicht das Passwort des Raums. Fragen Sie den Host danach.',
  },
  'api.too_many_attempts': {
    title: 'Zu viele Versuche',
    detail: 'Das waren zu viele Versuche. Warten Sie {wait}, und versuchen Sie es dann wieder.',
  },
  'api.sign_in_failed': {
    title: 'Anmeldung fehlgeschlagen',
    detail: 'Anmeldename oder Passwort stimmt nicht. Versuchen Sie es noch einmal.',
  },
  'api.first_token_invalid': {
    title: 'Dieser Link gilt nicht mehr',
    detail:
      'Dieser Link ist aufgebraucht oder von einem früheren Start. Starten Sie den Server neu: Solange es keinen Admin gibt, gibt er einen weiteren aus.',
  },
  'api.passwords_busy': {
    title: 'Zu viele Anmeldungen',
    detail: `Gerade melden sich zu viele Personen an. ${LATER}`,
  },
  'api.login_taken': {
    title: 'Anmeldename vergeben',
    detail: 'Ein Konto mit diesem Anmeldenamen gibt es schon. Wählen Sie einen anderen.',
  },
  'api.user_not_found': {
    title: 'Kein solches Konto',
    detail: 'Dieses Konto gibt es nicht mehr. Laden Sie die Liste neu.',
  },
  'api.accounts_off': {
    title: 'Keine Konten',
    detail: 'Auf diesem Server gibt es keine Konten. Wer ihn betreibt, kann sie in der Konfiguration einschalten.',
  },
  'api.call_engaged': {
    title: 'Schon im Gespräch',
    detail: 'Sie sind schon in einem Anruf. Legen Sie zuerst auf.',
  },
  'api.call_over': { title: 'Anruf beendet', detail: 'Dieser Anruf ist vorbei. Rufen Sie neu an.' },
  'api.call_self': { title: 'Das sind Sie', detail: 'Das sind Sie selbst. Wählen Sie jemand anderen.' },
  'api.call_there': { title: 'Schon dabei', detail: 'Diese Person ist schon in diesem Anruf.' },
  'api.too_many_tabs': {
    title: 'Zu viele Tabs',
    detail: 'Diese Seite ist in zu vielen Tabs offen. Schließen Sie einen davon, und laden Sie diese Seite dann neu.',
  },
  'api.too_many_invites': {
    title: 'Zu viele Links',
    detail: 'Mehr Links kann dieser Raum nicht haben. Widerrufen Sie zuerst welche.',
  },
  'api.invite_not_found': { title: 'Kein solcher Link', detail: 'Diesen Link gibt es nicht mehr.' },
  'api.too_many_revoked': {
    title: 'Zu viele widerrufene Links',
    detail: 'In diesem Raum sind zu viele Links widerrufen. Warten Sie, bis einige abgelaufen sind.',
  },
  'api.too_many_bans': {
    title: 'Zu viele Sperren',
    detail: 'Mehr Personen lassen sich aus diesem Raum nicht aussperren. Heben Sie zuerst eine Sperre auf.',
  },
  'api.ban_not_found': { title: 'Keine solche Sperre', detail: 'Diese Sperre ist schon aufgehoben.' },
  'api.not_a_picture': {
    title: 'Kein Bild',
    detail: 'Das ist kein vollständiges PNG, JPEG oder WebP. Wählen Sie ein anderes Bild.',
  },
  'api.picture_too_large': {
    title: 'Bild zu groß',
    detail: 'Das Bild ist zu groß. Verkleinern Sie es, höchstens auf 3840×2160 Pixel und 2 MB.',
  },
  'api.not_live': { title: 'Niemand da', detail: 'In diesem Raum ist noch niemand. Treten Sie zuerst bei.' },
  'api.already_recording': {
    title: 'Wird schon aufgezeichnet',
    detail: 'Dieser Raum wird schon aufgezeichnet. Beenden Sie zuerst diese Aufzeichnung.',
  },
  'api.not_recording': {
    title: 'Keine Aufzeichnung',
    detail: 'Die Aufzeichnung ist beendet. Starten Sie eine neue.',
  },
  'api.recording_begins': {
    title: 'Aufzeichnung beginnt gleich',
    detail: 'Die Aufzeichnung beginnt gleich. Setzen Sie die Marke dann noch einmal.',
  },
  'api.paused': {
    title: 'Aufzeichnung pausiert',
    detail: 'Die Aufzeichnung ist pausiert. Setzen Sie sie zuerst fort.',
  },
  'api.clip_not_recorded': {
    title: 'Nicht aufgezeichnet',
    detail:
      'Diese Zeit wurde nicht aufgezeichnet, und nur davon wussten alle. Starten Sie eine Aufzeichnung oder setzen Sie sie fort, und speichern Sie dann einen Clip.',
  },
  'api.clip_not_kept': {
    title: 'Nicht mehr da',
    detail: 'Davon ist noch nichts oder nichts mehr auf dem Server. Versuchen Sie es in einigen Sekunden noch einmal.',
  },
  'api.clip_too_long': { title: 'Zu lang', detail: 'So lange Clips erlaubt dieser Server nicht. Wählen Sie weniger.' },
  'api.too_many_clips': {
    title: 'Zu viele Clips',
    detail: 'Dieser Raum hat so viele Clips, wie er haben darf. Löschen Sie zuerst einen.',
  },
  'api.clips_full': {
    title: 'Kein Platz für Clips',
    detail: 'Die Clips aller Räume nehmen so viel Platz ein, wie sie dürfen. Löschen Sie zuerst einige.',
  },
  'api.clips_busy': {
    title: 'Mehrere Clips auf einmal',
    detail: 'Mehrere Clips werden schon gespeichert. Versuchen Sie es in einigen Sekunden noch einmal.',
  },
  'api.clip_failed': {
    title: 'Der Clip ist misslungen',
    detail:
      'Der Server konnte den Clip nicht erstellen, vielleicht wegen seines Datenträgers. Versuchen Sie es noch einmal.',
  },
  'api.clip_given_up': {
    title: 'Der Clip wurde aufgegeben',
    detail: 'Der Raum oder der Server wird beendet. Versuchen Sie es danach noch einmal.',
  },
  'api.clip_not_found': { title: 'Den Clip gibt es nicht mehr', detail: 'Jemand hat ihn gelöscht.' },
  'api.too_many_markers': {
    title: 'Zu viele Marken',
    detail: 'Diese Aufzeichnung hat schon so viele Marken, wie möglich sind. Starten Sie eine neue.',
  },
  'api.database_unavailable': {
    title: 'Datenbank nicht erreichbar',
    detail: `Die Datenbank des Servers antwortet nicht. ${LATER}`,
  },
  'api.disk_full': {
    title: NO_ROOM_LEFT,
    detail: 'Der Datenträger des Servers ist voll. Wer den Server betreibt, muss Platz schaffen.',
  },
  'api.disk_floor': {
    title: NO_ROOM_LEFT,
    detail: 'Der Datenträger des Servers ist fast voll. Wer den Server betreibt, muss Platz schaffen.',
  },
  'archive.nothing_kept': {
    title: 'Kein Video',
    detail:
      'Nichts davon war auf dem Datenträger, als es endete. Deshalb gibt es kein Video. Nehmen Sie noch einmal auf.',
  },
  'archive.disk_full': {
    title: 'Kein Video',
    detail:
      'Der Datenträger des Servers war voll, als das Video erstellt wurde. Ein Admin muss vor dem nächsten Versuch Platz schaffen.',
  },
  'archive.disk_failed': {
    title: 'Kein Video',
    detail:
      'Der Server konnte seine Dateien nicht lesen oder schreiben. Ein Admin muss vor dem nächsten Versuch den Datenträger prüfen.',
  },
  'archive.worker_lost': {
    title: 'Kein Video',
    detail: 'Die Arbeit am Video brach immer wieder ab. Ein Admin findet den Grund im Protokoll des Servers.',
  },
  'archive.archive_failed': {
    title: 'Kein Video',
    detail:
      'Aus dem Aufgezeichneten ließ sich kein Video erstellen. Ein Admin findet den Grund im Protokoll des Servers.',
  },
} as const satisfies Readonly<Record<string, ProblemWords>>;
