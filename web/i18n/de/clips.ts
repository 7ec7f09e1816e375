/** The sentences of the clips that hosts save, in German. */
import type { englishClips } from '../english-clips.ts';
import type { Message } from '../sentence.ts';

/** Part of the German catalogue. */
export const clips = {
  'clips.menu': 'Clips…',
  'clips.title': 'Clips',
  'clips.hint':
    'Ein Clip ist ein Video von dem, was der Raum gerade gezeigt hat. Er enthält nur, was aufgezeichnet wurde, denn nur davon wussten alle; und alle hier lesen, dass Sie einen gespeichert haben.',
  'clips.off':
    'Im Moment wird nichts aufgezeichnet. Starten Sie eine Aufzeichnung, um aus dem Folgenden einen Clip zu speichern.',
  'clips.length': 'Wie viel',
  'clips.lastSeconds': { one: 'Letzte Sekunde', other: 'Letzte {count} Sekunden' },
  'clips.lastMinutes': { one: 'Letzte Minute', other: 'Letzte {count} Minuten' },
  'clips.name': 'Titel',
  'clips.nameHint': 'Leer: der Titel des Raums.',
  'clips.save': 'Clip speichern',
  'clips.saving': 'Der Clip wird gespeichert…',
  'clips.ready': 'Der Clip ist fertig',
  'clips.download': 'Herunterladen',
  'clips.downloadName': '„{title}“ herunterladen, {when}',
  'clips.copy': 'Link kopieren',
  'clips.copyName': 'Link kopieren: „{title}“, {when}',
  'clips.copied': 'Der Link ist kopiert. Wer ihn hat, kann den Clip bis {when} herunterladen.',
  'clips.linkHint': 'Wer ihn hat, kann den Clip bis {when} herunterladen.',
  'clips.list': 'Clips dieses Raums',
  'clips.loading': 'Clips werden geladen…',
  'clips.none': 'Noch keine Clips',
  'clips.noneHint': 'Was Hosts dieses Raums speichern, steht hier, bis einer von ihnen es löscht.',
  'clips.remove': 'Löschen',
  'clips.removeName': '„{title}“ löschen, {when}',
  'clips.removeTitle': 'Den Clip „{title}“ löschen?',
  'clips.removeText': 'Er ist dann endgültig weg, und Links zu ihm gelten nicht mehr.',
  'clips.removed': 'Der Clip „{title}“ ist gelöscht.',
  'clips.failed': 'Der Clip wurde nicht gespeichert',
  'clips.toldSeconds': {
    one: '{name} hat einen Clip der letzten Sekunde gespeichert.',
    other: '{name} hat einen Clip der letzten {count} Sekunden gespeichert.',
  },
  'clips.toldMinutes': {
    one: '{name} hat einen Clip der letzten Minute gespeichert.',
    other: '{name} hat einen Clip der letzten {count} Minuten gespeichert.',
  },
  'clips.told': '{name} hat einen Clip dieser Sitzung gespeichert.',
} as const satisfies Record<keyof typeof englishClips, Message>;
