/** The sentences of the frame of the admin page, and those that several of its views say. */

/** Part of the English catalogue of the admin page. */
export const englishAdmin = {
  'admin.title': 'Administration',
  'admin.recordings': 'Recordings',
  'admin.rooms': 'Rooms',
  'admin.people': 'People',
  'admin.events': 'Events',
  'admin.settings': 'Settings',
  'admin.audit': 'Audit log',
  'admin.signOut': 'Sign out',
  // Without a token
  'admin.tokenHint': 'Enter the admin token. The server printed it, with a link to this page, when it first started.',
  'admin.noAdmin': '{name} is not an admin here',
  'admin.noAdminHint': 'Ask an admin to make you one, or sign in with another account. The admin token works, too.',
  'admin.tokenRefused': 'This token is not valid',
  'admin.asking': 'Checking who has signed in…',
  'admin.token': 'Admin token',
  'admin.continue': 'Continue',
  // Several views
  'admin.refused': 'That did not work',
  'admin.stale': 'The list is not up to date',
  'admin.delete': 'Delete',
  'admin.download': 'Download',
  'admin.again': 'Try again',
  'admin.keep': 'Keep it',
} as const;
