/** The sentences of recording: stopping, consent, and markers, in German. */
import type { englishRecording } from '../english-recording.ts';
import type { Message } from '../sentence.ts';

/** Part of the German catalogue. */
export const recording = {
  'recording.stopTitle': 'Aufzeichnung beenden?',
  'recording.stopOwn':
    'Bisher aufgezeichnet: {length}. Die Aufzeichnung bleibt erhalten und wird zu einem Video. Sie finden es auf der Startseite unter „Ihre Aufzeichnungen“.',
  'recording.stopOwned':
    'Bisher aufgezeichnet: {length}. Die Aufzeichnung bleibt erhalten und wird zu einem Video. Wer diesen Raum mit dem eigenen Konto erstellt hat, findet es auf der Startseite unter „Ihre Aufzeichnungen“; auch die Admins dieses Servers haben es.',
  'recording.stopAdmins':
    'Bisher aufgezeichnet: {length}. Die Aufzeichnung bleibt erhalten und wird zu einem Video. Die Admins dieses Servers können es herunterladen und teilen.',
  'recording.stopNot': 'Noch nicht',
  'consent.title': 'Dieser Raum kann aufgezeichnet werden: Dürfen Ihr Bild und Ihre Stimme gespeichert werden?',
  'consent.titleNow': 'Dieser Raum wird aufgezeichnet: Dürfen Ihr Bild und Ihre Stimme gespeichert werden?',
  'consent.accept': 'Ja, speichern',
  'consent.refuse': 'Nein, ohne mich',
  'consent.hint':
    'Teilnehmen können Sie in jedem Fall. Bei „Nein“ bekommen Aufzeichnung und Zuschauer statt Ihres Bildes einen Platzhalter und keinen Ton von Ihnen; im Raum sind Sie zu hören.',
  'consent.missing': 'Wählen Sie zuerst eines von beiden: Teilnehmen können Sie in jedem Fall.',
  'consent.withheld': 'Sie werden nicht aufgezeichnet',
  'consent.change': 'Sie werden nicht aufgezeichnet. Ändern…',
  'marker.button': 'Marke',
  'marker.title': 'Diesen Moment markieren',
  'marker.label': 'Name des Moments',
  'marker.default': 'Marke',
  'marker.hint': 'Daraus wird ein Kapitel der Aufzeichnung; auch Zuschauer sehen es.',
  'marker.set': 'Marke setzen',
  'marker.failed': 'Die Marke wurde nicht gesetzt',
  'marker.done': 'Markiert: {label}',
} as const satisfies Record<keyof typeof englishRecording, Message>;
