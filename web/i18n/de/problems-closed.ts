/** How a stay ends, and what hosts are told, in German. */
import type { ProblemWords } from '../message.ts';

const ASK_LINK = 'Bitten Sie den Host um einen neuen Link.';
const ENTER_PASSWORD = 'Passwort eingeben';
const RELOAD = 'Laden Sie die Seite neu, und treten Sie wieder bei.';

/** How a stay ends, or does not begin; and what hosts are told, which has no title. Part of the German catalogue. */
export const problemsClosed = {
  'closed.1000': { title: 'Sie haben den Raum verlassen', detail: 'Sie können jederzeit wieder beitreten.' },
  'closed.4401': {
    title: 'Dieser Einladungslink funktioniert nicht',
    detail: 'Er ist unvollständig, falsch oder abgelaufen. Bitten Sie den Host um einen neuen.',
  },
  'closed.4403': {
    title: 'Sie dürfen diesem Raum nicht beitreten',
    detail: 'Ihr Link erlaubt es nicht, oder der Host hat Sie entfernt. Bitten Sie den Host um einen Einladungslink.',
  },
  'closed.4404': {
    title: 'Diesen Raum gibt es nicht',
    detail:
      'Vielleicht wurde er gelöscht, oder der Link stimmt nicht. Fragen Sie bei der Person nach, die Ihnen den Link geschickt hat.',
  },
  'closed.4409': {
    title: 'Sie sind in einem anderen Tab in diesem Raum',
    detail:
      'Kamera, Mikrofon und Ihr Platz sind dorthin gewechselt. Um hierher zurückzukommen, wählen Sie „Hier verwenden“.',
    action: 'Hier verwenden',
  },
  'closed.4410': {
    title: 'Dieser Raum ist beendet',
    detail: 'Der Host hat ihn beendet. Was aufgezeichnet wurde, bleibt erhalten.',
  },
  'closed.4413': {
    title: 'Ihr Bild war für diesen Server zu groß',
    detail: 'Wählen Sie eine Kamera mit geringerer Auflösung, und treten Sie wieder bei.',
  },
  'closed.4429': {
    title: 'Zu viel auf einmal',
    detail:
      'Der Server begrenzt, wie oft man sich verbinden und wie viel man senden darf. Warten Sie eine Minute, und treten Sie dann wieder bei.',
  },
  'closed.full': {
    title: 'Der Raum ist voll',
    detail: 'Versuchen Sie es wieder, wenn jemand gegangen ist, oder schauen Sie nur zu.',
  },
  'closed.waiting_full': {
    title: 'Zu viele Personen warten',
    detail: 'Der Warteraum ist voll. Versuchen Sie es in einigen Minuten wieder.',
  },
  'closed.removed': {
    title: 'Ein Host hat Sie aus diesem Raum entfernt',
    detail: 'Mit Ihrem bisherigen Link kommen Sie nicht mehr herein. Bitten Sie den Host um eine neue Einladung.',
  },
  'closed.banned': {
    title: 'Sie sind aus diesem Raum ausgesperrt',
    detail: 'Ein Host lässt Sie nicht mehr herein. Fragen Sie nach, falls das ein Irrtum ist.',
  },
  'closed.admission_denied': {
    title: 'Sie wurden nicht eingelassen',
    detail: 'Ein Host hat Sie nicht eingelassen. Fragen Sie nach, und versuchen Sie es in einer halben Minute wieder.',
    action: 'Noch einmal anfragen',
  },
  'closed.password_needed': {
    title: 'Dieser Raum hat ein Passwort',
    detail: 'Wer Sie eingeladen hat, kennt es.',
    action: ENTER_PASSWORD,
  },
  'closed.password_wrong': {
    title: 'Das Passwort stimmt nicht',
    detail: 'Fragen Sie den Host nach dem Passwort des Raums.',
    action: ENTER_PASSWORD,
  },
  'closed.too_many_attempts': {
    title: 'Zu viele falsche Passwörter',
    detail: 'Warten Sie {wait}, und versuchen Sie es dann wieder.',
  },
  'closed.token_revoked': { title: 'Ihr Link wurde widerrufen', detail: ASK_LINK },
  'closed.token_earlier_room': {
    title: 'Dieser Link gilt für einen früheren Raum',
    detail: `Der Raum wurde gelöscht und unter derselben Kennung neu angelegt. ${ASK_LINK}`,
  },
  'closed.invite_used_up': { title: 'Dieser Link ist aufgebraucht', detail: ASK_LINK },
  'closed.signed_out': { title: 'Sie sind abgemeldet', detail: 'Melden Sie sich wieder an.' },
  'closed.hello_timeout': {
    title: 'Die Verbindung kam nicht zustande',
    detail: `Ihr Browser hat sich zu spät gemeldet. ${RELOAD}`,
  },
  'closed.internal': {
    title: 'Die Verbindung wurde getrennt',
    detail: `Auf dem Server gab es einen Fehler. ${RELOAD}`,
  },
  'closed.program_lost': {
    title: 'Die Verbindung wurde getrennt',
    detail: `Auf dem Server ist das Bild des Raums ausgefallen. ${RELOAD}`,
  },
  'closed.unknown': {
    title: 'Die Verbindung wurde getrennt',
    detail: `Der Server hat sie mit dem Code {code} beendet. ${RELOAD}`,
  },
  'notice.program_degraded': {
    title: 'Der Server ist ausgelastet',
    detail: 'Der Server ist ausgelastet: Das Bild für alle ist vorübergehend gröber, langsamer oder kleiner.',
  },
  'notice.program_recovering': {
    title: 'Der Server erholt sich',
    detail: 'Der Server ist weniger ausgelastet: Das Bild für alle wird wieder besser.',
  },
  'notice.program_restored': {
    title: 'Der Server ist nicht mehr ausgelastet',
    detail: 'Der Server kommt wieder nach: Das Bild für alle ist wieder wie eingestellt.',
  },
  'notice.disk_full': {
    title: 'Der Datenträger ist voll',
    detail:
      'Der Datenträger des Servers ist voll, zurzeit wird nichts aufgezeichnet. Sobald Platz frei ist, läuft die Aufzeichnung automatisch weiter.',
  },
  'notice.disk_slow': {
    title: 'Der Datenträger ist zu langsam',
    detail:
      'Der Datenträger des Servers ist zu langsam, Teile der Aufzeichnung gehen verloren. Sobald er entlastet ist, läuft sie automatisch weiter.',
  },
  'notice.disk_failed': {
    title: 'Der Datenträger lässt sich nicht beschreiben',
    detail:
      'Der Server kann nicht auf den Datenträger schreiben, zurzeit wird nichts aufgezeichnet. Wer den Server betreibt, findet den Grund im Log; danach läuft die Aufzeichnung automatisch weiter.',
  },
  'notice.disk_writes': {
    title: 'Die Aufzeichnung läuft wieder',
    detail: 'Der Datenträger nimmt die Aufzeichnung wieder an; was in der Zwischenzeit geschah, fehlt darin.',
  },
  'notice.auto_recording_failed': {
    title: 'Es wird nicht aufgezeichnet',
    detail:
      'Die automatische Aufzeichnung ließ sich nicht starten. Starten Sie sie von Hand; gelingt auch das nicht, wenden Sie sich an einen Admin.',
  },
  'notice.signal_silence': { title: 'Kein Ton', detail: 'Das Mikrofon ist an, liefert aber keinen Ton.' },
  'notice.signal_clipping': { title: 'Ton übersteuert', detail: 'Der Ton ist zu laut und übersteuert.' },
  'notice.signal_black': { title: 'Bild schwarz', detail: 'Die Kamera liefert ein schwarzes Bild.' },
  'notice.signal_frozen': { title: 'Bild steht', detail: 'Die Kamera liefert immer dasselbe Bild.' },
  'notice.signal_network': { title: 'Langsames Netz', detail: 'Das Netz ist zu langsam für das, was gesendet wird.' },
} as const satisfies Readonly<Record<string, ProblemWords>>;
