/** The sentences of the page where one starts a room or goes to one. */

/** Part of the English catalogue. */
export const englishLanding = {
  'landing.title': 'Everyone in one picture, live and recorded',
  'landing.lead':
    'Open a link, switch on your camera, and appear in one timestamped grid: watched anywhere as a stream, recorded as one MP4.',
  // A new room
  'landing.start': 'Start a room',
  'landing.roomTitle': 'Title',
  'landing.roomTitleExample': 'Monday stand-up',
  'landing.private': 'Only people with the watch link may watch',
  'landing.more': 'More options',
  'landing.recordsItself': 'Start recording as soon as somebody is in the room',
  'landing.layout': 'Initial layout',
  'landing.layoutGrid': 'Grid: everybody at the same size',
  'landing.layoutSpeaker': 'Speaker: the person speaking is large',
  'landing.layoutSideBySide': 'Side by side: two at the same size',
  'landing.layoutPresentation': 'Presentation: a shared screen is large',
  'landing.layoutPortrait': 'Portrait: an upright column, for phones',
  'landing.token': 'Admin token',
  'landing.tokenHint':
    'On this server only administrators start rooms. The token was printed when the server first started.',
  'landing.tokenFirst': 'This server asks for its admin token first: enter it above.',
  'landing.signIn': 'Sign in with an account instead',
  'landing.failed': 'The room was not created',
  'landing.create': 'Create room',
  'landing.creating': 'Creating…',
  'landing.ready': '“{title}” is ready',
  'landing.enter': 'Join now as host',
  'landing.another': 'Create another',
  // A room that is there
  'landing.join': 'Join a room',
  'landing.address': 'Invite link or room ID',
  'landing.go': 'Continue',
  'landing.noAddress':
    'This is neither a room link nor a room ID. Paste the whole link you were sent; an ID has letters, digits, - and _ only.',
} as const;
