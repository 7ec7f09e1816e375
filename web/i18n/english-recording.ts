/** The sentences of recording: stopping, consent, and markers. */

/** Part of the English catalogue. */
export const englishRecording = {
  'recording.stopTitle': 'Stop recording?',
  'recording.stopOwn':
    '{length} is recorded so far. It is kept, and made into a film. You find it on the start page, under “Your recordings”.',
  'recording.stopOwned':
    '{length} is recorded so far. It is kept, and made into a film. The person who created this room finds it on the start page, under “Your recordings”; the admins of this server have it, too.',
  'recording.stopAdmins':
    '{length} is recorded so far. It is kept, and made into a film. The admins of this server have it: they can download and share it.',
  'recording.stopNot': 'Not yet',
  'consent.title': 'This room may be recorded: may your picture and voice be kept?',
  'consent.titleNow': 'This room is recorded: may your picture and voice be kept?',
  'consent.accept': 'Yes, keep them',
  'consent.refuse': 'No, leave me out',
  'consent.hint':
    'You can take part either way. If you are left out, the recording and viewers get a placeholder for your picture and none of your sound; the people in the room hear you.',
  'consent.missing': 'Choose one of the two first: you can take part either way.',
  'consent.withheld': 'You are not recorded',
  'consent.change': 'You are not recorded. Change that…',
  'marker.button': 'Marker',
  'marker.title': 'Mark this moment',
  'marker.label': 'Name of the moment',
  'marker.default': 'Marker',
  'marker.hint': 'It becomes a chapter of the recording; viewers see it, too.',
  'marker.set': 'Set the marker',
  'marker.failed': 'The marker was not set',
  'marker.done': 'Marked: {label}',
} as const;
