/** What the pages themselves find out, when something goes wrong, in German. */
import type { ProblemWords } from '../message.ts';

const ASK_LINK = 'Bitten Sie den Host um einen neuen Link.';
const FORMATS =
  'Wählen Sie eine MP4-Datei mit H.264 und AAC, eine WebM-, MP3- oder WAV-Datei, oder wandeln Sie sie um.';
const OFF_AND_ON = 'Schalten Sie es aus und wieder ein. Hilft das nicht, laden Sie die Seite neu.';

/** What the pages themselves find out, and how a stay ends. Part of the German catalogue. */
export const problems = {
  'devices.blocked': {
    title: 'Kamera und Mikrofon sind blockiert',
    detail:
      'Diese Seite darf beide nicht verwenden. Erlauben Sie es in der Adressleiste des Browsers oder in den Datenschutzeinstellungen des Systems, und versuchen Sie es dann erneut.',
  },
  'devices.missing': {
    title: 'Weder Kamera noch Mikrofon gefunden',
    detail: 'Schließen Sie beide an und versuchen Sie es erneut, oder treten Sie ohne bei.',
  },
  'camera.blocked': {
    title: 'Die Kamera ist blockiert',
    detail:
      'Diese Seite darf Ihre Kamera nicht verwenden. Erlauben Sie es in der Adressleiste des Browsers oder in den Datenschutzeinstellungen des Systems, und versuchen Sie es dann erneut.',
  },
  'camera.missing': {
    title: 'Keine Kamera gefunden',
    detail: 'Schließen Sie eine Kamera an und versuchen Sie es erneut, oder treten Sie ohne Kamera bei.',
  },
  'camera.busy': {
    title: 'Die Kamera ist belegt',
    detail: 'Ein anderes Programm scheint Ihre Kamera zu verwenden. Schließen Sie es, und versuchen Sie es erneut.',
  },
  'camera.failed': {
    title: 'Die Kamera startet nicht',
    detail: 'Der Browser konnte sie nicht öffnen. Versuchen Sie es erneut, oder wählen Sie eine andere Kamera.',
  },
  'camera.lost': {
    title: 'Die Kamera ist weg',
    detail:
      'Sie wurde abgesteckt, oder die Erlaubnis wurde entzogen. Schließen Sie sie an und schalten Sie sie wieder ein, oder wählen Sie eine andere Kamera.',
  },
  'camera.replaced': {
    title: 'Eine andere Kamera ist aktiv',
    detail:
      'Die gewählte Kamera ist weg; stattdessen läuft eine andere. In den Einstellungen können Sie eine Kamera wählen.',
  },
  'camera.stopped': {
    title: 'Die Kamera liefert keine Bilder',
    detail:
      'Sie neu zu öffnen hat nicht geholfen. Schließen Sie andere Programme, die sie verwenden, suchen Sie an ihr nach einem Schalter, stecken Sie sie einmal ab, oder wählen Sie eine andere Kamera.',
  },
  'microphone.blocked': {
    title: 'Das Mikrofon ist blockiert',
    detail:
      'Diese Seite darf Ihr Mikrofon nicht verwenden. Erlauben Sie es in der Adressleiste des Browsers oder in den Datenschutzeinstellungen des Systems, und versuchen Sie es dann erneut.',
  },
  'microphone.missing': {
    title: 'Kein Mikrofon gefunden',
    detail: 'Schließen Sie ein Mikrofon an und versuchen Sie es erneut, oder treten Sie ohne Mikrofon bei.',
  },
  'microphone.busy': {
    title: 'Das Mikrofon ist belegt',
    detail: 'Ein anderes Programm scheint Ihr Mikrofon zu verwenden. Schließen Sie es, und versuchen Sie es erneut.',
  },
  'microphone.failed': {
    title: 'Das Mikrofon startet nicht',
    detail: 'Der Browser konnte es nicht öffnen. Versuchen Sie es erneut, oder wählen Sie ein anderes Mikrofon.',
  },
  'microphone.lost': {
    title: 'Das Mikrofon ist weg',
    detail:
      'Es wurde abgesteckt, oder die Erlaubnis wurde entzogen. Schließen Sie es an und schalten Sie es wieder ein, oder wählen Sie ein anderes Mikrofon.',
  },
  'microphone.replaced': {
    title: 'Ein anderes Mikrofon ist aktiv',
    detail:
      'Das gewählte Mikrofon ist weg; stattdessen läuft ein anderes. In den Einstellungen können Sie ein Mikrofon wählen.',
  },
  'screen.blocked': {
    title: 'Der Bildschirm ist blockiert',
    detail:
      'Das System lässt diesen Browser den Bildschirm nicht aufnehmen. Erlauben Sie es in den Datenschutzeinstellungen des Systems unter „Bildschirmaufnahme“, starten Sie den Browser neu, und versuchen Sie es erneut.',
  },
  'screen.click': {
    title: 'Der Bildschirm wurde nicht geteilt',
    detail: 'Der Browser verlangt dafür einen neuen Klick. Wählen Sie noch einmal „Bildschirm teilen“.',
  },
  'screen.missing': {
    title: 'Es gibt nichts zu teilen',
    detail:
      'Der Browser fand keinen Bildschirm, kein Fenster und keinen Tab. Öffnen Sie, was Sie zeigen möchten, und versuchen Sie es erneut.',
  },
  'screen.busy': {
    title: 'Der Bildschirm lässt sich nicht aufnehmen',
    detail:
      'Das System lässt es nicht zu, vielleicht wegen geschützter Inhalte. Wählen Sie ein anderes Fenster, und versuchen Sie es erneut.',
  },
  'screen.unsupported': {
    title: 'Dieser Browser kann keinen Bildschirm teilen',
    detail: 'Auf Smartphones und Tablets geht das meist nicht. Treten Sie von einem Computer aus bei.',
  },
  'screen.failed': {
    title: 'Der Bildschirm wurde nicht geteilt',
    detail: 'Der Browser konnte ihn nicht aufnehmen. Versuchen Sie es erneut, oder wählen Sie ein anderes Fenster.',
  },
  'file.gone': {
    title: 'Die Datei ist nicht mehr lesbar',
    detail:
      '„{name}“ ließ sich nicht zu Ende lesen. Vielleicht wurde sie verschoben oder geändert; wählen Sie sie erneut aus.',
  },
  'file.damaged': {
    title: 'Die Datei lässt sich nicht weiter abspielen',
    detail: `„{name}“ scheint beschädigt zu sein. ${FORMATS}`,
  },
  'file.unknown': {
    title: 'Diese Datei lässt sich nicht abspielen',
    detail: `„{name}“ hat ein Format, das dieser Browser nicht kennt. ${FORMATS}`,
  },
  'file.blind': {
    title: 'Das Video hat hier kein Bild',
    detail:
      'Dieser Browser spielt von „{name}“ nur den Ton. Wandeln Sie es in H.264 oder WebM um, damit das Bild zu sehen ist.',
  },
  'signal.silence': {
    title: 'Niemand kann Sie hören',
    detail:
      'Ihr Mikrofon ist an, liefert aber keinen Ton. Suchen Sie am Headset oder am Kabel nach einem Schalter, oder wählen Sie ein anderes Mikrofon.',
  },
  'signal.clipping': {
    title: 'Ihr Ton ist übersteuert',
    detail:
      'Das Mikrofon ist zu laut. Verringern Sie seinen Pegel in den Systemeinstellungen, oder gehen Sie weiter weg.',
  },
  'signal.black': {
    title: 'Ihr Bild ist schwarz',
    detail: 'Prüfen Sie, ob die Linse verdeckt oder ein Schalter betätigt ist, oder wählen Sie eine andere Kamera.',
  },
  'signal.frozen': {
    title: 'Ihr Bild steht',
    detail:
      'Die Kamera liefert immer dasselbe Bild. Schalten Sie sie aus und wieder ein; hilft das nicht, stecken Sie sie einmal ab.',
  },
  'signal.network': {
    title: 'Ihr Netz ist langsam',
    detail:
      'Es schafft nicht, was Sie senden; die anderen sehen Ihr Bild ruckeln. Gehen Sie näher an den Router, nehmen Sie ein Kabel, oder schalten Sie die Kamera aus.',
  },
  'again.camera': {
    title: 'Ihr Bild wird nicht gesendet: neuer Versuch',
    detail:
      'Der Server konnte es nicht verarbeiten und ist vielleicht überlastet. Es wird in {seconds} s automatisch noch einmal gesendet. Kommt es nicht zurück, schalten Sie die Kamera aus und wieder ein, oder nehmen Sie einen anderen Browser.',
  },
  'again.screen': {
    title: 'Ihr Bildschirm wird nicht gesendet: neuer Versuch',
    detail:
      'Der Server konnte ihn nicht verarbeiten und ist vielleicht überlastet. Er wird in {seconds} s automatisch noch einmal gesendet. Kommt er nicht zurück, teilen Sie ihn noch einmal.',
  },
  'again.file': {
    title: 'Ihre Datei wird nicht gesendet: neuer Versuch',
    detail:
      'Der Server konnte sie nicht verarbeiten und ist vielleicht überlastet. Sie wird in {seconds} s automatisch noch einmal gesendet. Kommt sie nicht zurück, spielen Sie sie noch einmal ab.',
  },
  'send.mic': {
    title: 'Ihr Ton wird nicht gesendet',
    detail: 'Schalten Sie das Mikrofon aus und wieder ein. Hilft das nicht, laden Sie die Seite neu.',
  },
  'send.camera': {
    title: 'Ihr Bild wird nicht gesendet',
    detail:
      'Schalten Sie die Kamera aus und wieder ein. Hilft das nicht, verwenden Sie ein aktuelles Chrome oder Edge.',
  },
  'send.screen': {
    title: 'Ihr Bildschirm wird nicht gesendet',
    detail: 'Teilen Sie ihn noch einmal. Hilft das nicht, wählen Sie ein anderes Fenster.',
  },
  'send.file': {
    title: 'Ihre Datei wird nicht gesendet',
    detail: 'Spielen Sie sie noch einmal ab. Hilft das nicht, wählen Sie eine andere Datei.',
  },
  'send.picture': { title: 'Ihr Bild wird nicht gesendet', detail: OFF_AND_ON },
  'send.sound': { title: 'Ihr Ton wird nicht gesendet', detail: OFF_AND_ON },
  'play.slow': {
    title: 'Sie sehen das Bild verspätet',
    detail:
      'Dieser Computer ist zu beschäftigt, um es rechtzeitig anzuzeigen; die meisten Bilder werden ausgelassen. Schließen Sie andere Programme und Tabs, oder schalten Sie Ihre Kamera aus.',
  },
  'play.late': {
    title: 'Sie sehen das Bild verspätet',
    detail: 'Es kommt verspätet hier an: Ihr Netz oder der Server ist überlastet. Es holt von selbst auf.',
  },
  'play.picture': {
    title: 'Das Bild lässt sich nicht anzeigen',
    detail: 'Der Browser kann es nicht darstellen. Laden Sie die Seite neu, oder verwenden Sie einen anderen Browser.',
  },
  'play.sound': {
    title: 'Der Ton lässt sich nicht abspielen',
    detail: 'Der Browser kann ihn nicht ausgeben. Laden Sie die Seite neu, oder verwenden Sie einen anderen Browser.',
  },
  'engine.stopped': {
    title: 'Ton und Bild sind ausgefallen',
    detail: 'Im Browser ist ein Fehler aufgetreten. Treten Sie wieder bei.',
  },
  'annotation.untitled': {
    title: 'Das wurde nicht geändert',
    detail: 'Geben Sie zuerst einen Titel ein; der Text darunter darf leer bleiben.',
  },
  'annotation.invalid': {
    title: 'Das wurde nicht geändert',
    detail: 'Eine Angabe passt nicht. Korrigieren Sie sie, und versuchen Sie es erneut.',
  },
  'picture.type': {
    title: 'Dieses Bild lässt sich nicht verwenden',
    detail: 'Es ist kein PNG, JPEG oder WebP. Wählen Sie eines davon.',
  },
  'picture.size': {
    title: 'Dieses Bild lässt sich nicht verwenden',
    detail: 'Es ist größer als 2 MB. Verkleinern Sie es, oder komprimieren Sie es stärker.',
  },
  'browser.insecure': {
    title: 'Diese Seite braucht eine sichere Adresse',
    detail:
      'Browser geben Kamera und Mikrofon nur für https://-Seiten und localhost frei. Öffnen Sie den Raum über seine https://-Adresse.',
  },
  'browser.old': {
    title: 'Dieser Browser ist zu alt',
    detail:
      'Ihm fehlt, was zum Beitreten nötig ist. Verwenden Sie ein aktuelles Chrome, Edge, Firefox oder Safari, oder öffnen Sie den Zuschauerlink.',
  },
  'room.missing': {
    title: 'Diesen Raum gibt es nicht',
    detail:
      'Fragen Sie nach, ob der Link stimmt. Kommt der Raum erst noch, können Sie hier beitreten, sobald es ihn gibt.',
  },
  'player.private': { title: 'Dieser Raum ist privat', detail: 'Bitten Sie den Host um einen Zuschauerlink.' },
  'player.expired': {
    title: 'Dieser Link gilt nicht mehr',
    detail: 'Er ist abgelaufen oder gehört zu einem anderen Raum. Bitten Sie den Host um einen neuen Zuschauerlink.',
  },
  'player.unsupported': {
    title: 'Dieser Browser kann den Stream nicht abspielen',
    detail: 'Ihm fehlen die Media Source Extensions. Verwenden Sie ein aktuelles Chrome, Edge, Firefox oder Safari.',
  },
  'player.decoder': {
    title: 'Der Stream lässt sich nicht abspielen',
    detail:
      'Der Decoder des Browsers hat aufgegeben. Versuchen Sie es erneut, oder verwenden Sie einen anderen Browser.',
  },
  'player.token_revoked': { title: 'Dieser Link wurde widerrufen', detail: ASK_LINK },
  'player.token_earlier_room': {
    title: 'Dieser Link gilt für einen früheren Raum',
    detail: `Der Raum wurde gelöscht und unter derselben Kennung neu angelegt. ${ASK_LINK}`,
  },
  'player.invite_used_up': { title: 'Dieser Link ist aufgebraucht', detail: ASK_LINK },
  'player.signed_out': { title: 'Sie sind abgemeldet', detail: 'Melden Sie sich wieder an.' },
  'player.removed': { title: 'Ein Host hat Sie aus diesem Raum entfernt', detail: ASK_LINK },
  'player.banned': {
    title: 'Sie sind aus diesem Raum ausgesperrt',
    detail: 'Ein Host lässt Sie nicht mehr herein. Fragen Sie nach, falls das ein Irrtum ist.',
  },
} as const satisfies Readonly<Record<string, ProblemWords>>;
