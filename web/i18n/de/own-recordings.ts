/** The sentences of the recordings of rooms that somebody with an account has made, in German. */
import type { englishOwnRecordings } from '../english-own-recordings.ts';
import type { Message } from '../sentence.ts';

/** Part of the German catalogue. */
export const ownRecordings = {
  'ownRecordings.title': 'Ihre Aufzeichnungen',
  'ownRecordings.loading': 'Ihre Aufzeichnungen werden geladen…',
  'ownRecordings.none':
    'Es ist noch nichts aufgezeichnet. Was in einem Raum aufgezeichnet wird, den Sie erstellt haben, bleibt hier, auch wenn es den Raum nicht mehr gibt.',
  'ownRecordings.failed': 'Ihre Aufzeichnungen lassen sich nicht laden',
  'ownRecordings.again': 'Erneut versuchen',
  'ownRecordings.more': 'Mehr anzeigen',
  'ownRecordings.recording': 'Wird aufgezeichnet',
  'ownRecordings.paused': 'Pausiert',
  'ownRecordings.archiving': 'Video wird erstellt: {percent} %',
  'ownRecordings.noFilm': 'Kein Video',
  'ownRecordings.noFilmHelp':
    'Was aufgezeichnet wurde, bleibt erhalten. Ein Admin kann das Video noch einmal erstellen lassen.',
  'ownRecordings.play': 'Abspielen',
  'ownRecordings.playName': '„{title}“ abspielen',
  'ownRecordings.closeFilm': 'Player schließen',
  'ownRecordings.notPlayed': 'Das lässt sich gerade nicht abspielen. Ein fertiges Video können Sie herunterladen.',
  'ownRecordings.download': 'Herunterladen',
  'ownRecordings.downloadName': '„{title}“ herunterladen',
  'ownRecordings.share': 'Teilen',
  'ownRecordings.shareName': '„{title}“ teilen',
  'ownRecordings.wrong': 'Das hat nicht geklappt',
  'recordingTitle.edit': 'Titel von „{title}“ ändern',
  'recordingTitle.rename': 'Titel ändern',
  'recordingTitle.label': 'Titel der Aufzeichnung',
  'recordingTitle.save': 'Speichern',
  'recordingTitle.cancel': 'Abbrechen',
  'recordingTitle.empty': 'Geben Sie der Aufzeichnung einen Titel.',
  'ownRecordings.linkHint':
    'Wer den Link hat, sieht das Video mit seinen Kapiteln und sonst nichts, eine Woche lang oder bis Sie ihn widerrufen.',
  'ownRecordings.linkMake': 'Link erstellen',
  'ownRecordings.linkMoment': 'Bei {time} beginnen, wo Sie aufgehört haben',
  'ownRecordings.linkNew': 'Link zum Video',
  'ownRecordings.linkNewHint': 'Er wird nur dieses eine Mal angezeigt. Er gilt bis {when}.',
  'ownRecordings.linkUntil': 'Link, gilt bis {when}',
  'ownRecordings.linkEnded': 'Abgelaufener Link, galt bis {when}',
  'ownRecordings.linkBack': 'Widerrufen',
  'ownRecordings.linkBackName': 'Link widerrufen, der bis {when} gilt',
} as const satisfies Record<keyof typeof englishOwnRecordings, Message>;
