/** The sentences of signing in. */

/** Part of the English catalogue. */
export const englishSignIn = {
  'signIn.title': 'Sign in',
  'signIn.hint': 'With the account that an admin of this server has made for you. Guests need none: a link is enough.',
  'signIn.firstTitle': 'The first account',
  'signIn.firstHint': 'It is an admin’s: it makes the accounts of everybody else. This link is good for one use.',
  'signIn.name': 'Name',
  'signIn.login': 'Login',
  'signIn.password': 'Password',
  'signIn.passwordHint': 'At least 10 characters; several words are easy to remember.',
  'signIn.go': 'Sign in',
  'signIn.make': 'Make the account',
  'signIn.refused': 'That did not work',
  'signIn.failed': 'The server cannot be reached; check the connection and try again.',
  'signIn.in': 'Signed in as {name}',
  'signIn.inHint': 'Rooms that you make are yours; the people of this server are under Contacts.',
  'signIn.contacts': 'Contacts',
  'signIn.rooms': 'Rooms',
  'signIn.out': 'Sign out',
} as const;
