/** The sentences of the clips that hosts save of what their room has just shown. */

/** Part of the English catalogue. */
export const englishClips = {
  'clips.menu': 'Clips…',
  'clips.title': 'Clips',
  'clips.hint':
    'A clip is a film of what the room has just shown. It holds only what was recorded, because only of that was everybody told; and everybody here reads that you have saved one.',
  'clips.off': 'Nothing is being recorded at the moment. Start a recording to save a clip of what comes.',
  'clips.length': 'How much',
  'clips.lastSeconds': { one: 'Last second', other: 'Last {count} seconds' },
  'clips.lastMinutes': { one: 'Last minute', other: 'Last {count} minutes' },
  'clips.name': 'Title',
  'clips.nameHint': 'Empty: the title of the room.',
  'clips.save': 'Save the clip',
  'clips.saving': 'The clip is being saved…',
  'clips.ready': 'The clip is ready',
  'clips.download': 'Download',
  'clips.downloadName': 'Download “{title}”, {when}',
  'clips.copy': 'Copy link',
  'clips.copyName': 'Copy link: “{title}”, {when}',
  'clips.copied': 'The link is copied. Whoever has it can download the clip until {when}.',
  'clips.linkHint': 'Whoever has it can download the clip until {when}.',
  'clips.list': 'Clips of this room',
  'clips.loading': 'Loading the clips…',
  'clips.none': 'No clips yet',
  'clips.noneHint': 'What hosts of this room save is listed here until one of them deletes it.',
  'clips.remove': 'Delete',
  'clips.removeName': 'Delete “{title}”, {when}',
  'clips.removeTitle': 'Delete the clip “{title}”?',
  'clips.removeText': 'It is gone for good, and links to it no longer work.',
  'clips.removed': 'The clip “{title}” is deleted.',
  'clips.failed': 'The clip was not saved',
  'clips.toldSeconds': {
    one: '{name} saved a clip of the last second.',
    other: '{name} saved a clip of the last {count} seconds.',
  },
  'clips.toldMinutes': {
    one: '{name} saved a clip of the last minute.',
    other: '{name} saved a clip of the last {count} minutes.',
  },
  'clips.told': '{name} saved a clip of this session.',
} as const;
