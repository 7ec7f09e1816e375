/** What the server answers about files and the chat, in German. */
import type { ProblemWords } from '../message.ts';

const AGAIN = 'Beginnen Sie das Hochladen neu.';
const FEW_SECONDS = 'Warten Sie einige Sekunden.';

/** What the server answers about files and the chat. Part of the German catalogue. */
export const problemsTalk = {
  'api.files_off': {
    title: 'Dateien sind ausgeschaltet',
    detail: 'Dateien sind in diesem Raum ausgeschaltet. Bitten Sie einen Host, sie einzuschalten.',
  },
  'api.viewers_not': {
    title: 'Nicht für Zuschauer',
    detail: 'Die Dateien dieses Raums sind nur für die Personen darin. Bitten Sie einen Host um eine Einladung.',
  },
  'api.file_not_found': { title: 'Datei nicht da', detail: 'Diese Datei gibt es nicht mehr.' },
  'api.file_incomplete': {
    title: 'Datei unvollständig',
    detail: 'Diese Datei ist noch nicht ganz da. Versuchen Sie es wieder, wenn sie geteilt ist.',
  },
  'api.file_too_large': {
    title: 'Datei zu groß',
    detail: 'Diese Datei ist zu groß. Verkleinern Sie sie, oder teilen Sie sie in Stücken.',
  },
  'api.too_many_files': {
    title: 'Zu viele Dateien',
    detail: 'Mehr Dateien nimmt dieser Raum nicht auf. Löschen Sie zuerst welche.',
  },
  'api.too_many_unfinished': {
    title: 'Zu viele Dateien unterwegs',
    detail: 'Zu viele Ihrer Dateien sind noch unterwegs. Warten Sie auf eine, oder brechen Sie eine ab.',
  },
  'api.too_many_uploads': {
    title: 'Zu viele Dateien unterwegs',
    detail: 'Mehr Dateien lassen sich nicht gleichzeitig senden. Warten Sie, bis eine fertig ist.',
  },
  'api.too_fast': { title: 'Zu schnell', detail: `Das sind zu viele Dateien in kurzer Zeit. ${FEW_SECONDS}` },
  'api.user_quota': {
    title: 'Ihr Platz ist belegt',
    detail: 'Dafür reicht Ihr Platz in diesem Raum nicht. Löschen Sie zuerst eine Ihrer Dateien.',
  },
  'api.room_quota': {
    title: 'Der Platz ist belegt',
    detail: 'Dafür reicht der Platz in diesem Raum nicht. Löschen Sie zuerst eine Datei.',
  },
  'api.upload_busy': {
    title: 'Wird schon gesendet',
    detail: 'Diese Datei wird schon von anderswo gesendet, vielleicht aus einem anderen Tab.',
  },
  'api.upload_cut': { title: 'Unterbrochen', detail: 'Das Hochladen wurde unterbrochen. Setzen Sie es fort.' },
  'api.checksum_mismatch': {
    title: 'Datei beschädigt',
    detail: `Die Datei kam beschädigt an. ${AGAIN}`,
  },
  'api.too_many_bytes': {
    title: 'Datei geändert',
    detail: `Die Datei ist größer, als sie zu Beginn war. ${AGAIN}`,
  },
  'api.not_yours': {
    title: 'Gehört Ihnen nicht',
    detail: 'Das dürfen nur Hosts und die Person, von der es kommt.',
  },
  'api.chat_slow': {
    title: 'Langsamer Modus',
    detail: 'Dieser Chat ist im langsamen Modus. Warten Sie ein wenig bis zur nächsten Nachricht.',
  },
  'api.chat_too_fast': {
    title: 'Zu schnell',
    detail: `Sie schreiben schneller, als man lesen kann. ${FEW_SECONDS}`,
  },
  'api.chat_room_busy': {
    title: 'Zu viele Nachrichten',
    detail: `In diesem Raum wird gerade zu viel geschrieben. ${FEW_SECONDS}`,
  },
  'api.chat_closed': {
    title: 'Chat nur im Raum',
    detail: 'Der Chat ist nur für die Personen im Raum.',
  },
  'api.chat_read_only': {
    title: 'Nur lesen',
    detail: 'Hier können Sie nur mitlesen; schreiben können die Personen im Raum.',
  },
  'api.members_only': {
    title: 'Nur im Raum',
    detail: 'Nur wer im Raum ist, kann den Chat speichern. Bitten Sie einen Host um die Datei.',
  },
  'api.not_admitted': { title: 'Nur im Raum', detail: 'Das ist für die Personen im Raum. Betreten Sie ihn zuerst.' },
  'api.message_gone': { title: 'Nachricht nicht da', detail: 'Diese Nachricht gibt es nicht mehr.' },
  'api.to_oneself': { title: 'An Sie selbst', detail: 'Private Nachrichten gehen an jemand anderen.' },
  'api.recipient_gone': {
    title: 'Nicht mehr da',
    detail: 'Diese Person ist nicht mehr im Raum. Schreiben Sie jemandem, der da ist.',
  },
  'api.reply_private': {
    title: 'Private Nachricht',
    detail: 'Auf eine private Nachricht lässt sich nur privat antworten, an die Person, die sie geschrieben hat.',
  },
  'api.private_off': {
    title: 'Keine privaten Nachrichten',
    detail: 'Private Nachrichten sind in diesem Raum ausgeschaltet. Schreiben Sie an alle.',
  },
  'api.bad_upload': {
    title: 'Nicht gesendet',
    detail: 'Der Server hat das Hochladen nicht verstanden. Beginnen Sie es neu.',
  },
  'api.offset_mismatch': {
    title: 'Unterbrochen',
    detail: 'Auf dem Server ist nicht so viel angekommen wie gedacht. Setzen Sie das Hochladen fort.',
  },
  'api.name_missing': { title: 'Kein Name', detail: 'Es fehlt, wer schreibt. Geben Sie zuerst Ihren Namen ein.' },
  'api.body_too_large': { title: 'Zu viel auf einmal', detail: 'Das ist zu viel auf einmal. Kürzen Sie es.' },
  'api.invalid_request': { title: 'Nicht angenommen', detail: 'Der Server nimmt das so nicht an: {detail}' },
  'api.room_ended': {
    title: 'Der Raum ist geschlossen',
    detail: 'Dieser Raum ist geschlossen. Erstellen Sie einen neuen.',
  },
  'api.bad_cursor': { title: 'Liste veraltet', detail: 'Diese Liste ist nicht mehr aktuell. Laden Sie sie neu.' },
} as const satisfies Readonly<Record<string, ProblemWords>>;
