/** The sentences of signing in. */

/** Part of the English catalogue. */
export const englishSignIn = {
  'signIn.title': 'Sign in',
  'signIn.hint': 'With the account that an admin of this server created for you. Guests need none: a link is enough.',
  'signIn.firstTitle': 'The first account',
  'signIn.firstHint': 'It is an admin’s: it makes the accounts of everybody else. This link is good for one use.',
  'signIn.name': 'Name',
  'signIn.login': 'Login',
  'signIn.loginHint': 'Letters without accents, digits, or any of . _ @ + -; an e-mail address will do.',
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
  // What the server does not take
  'field.login':
    'Use 1 to 64 letters without accents, digits, or any of . _ @ + - for the login; it begins with a letter or a digit.',
  'field.name': 'Use 1 to 64 characters for the name, none of them invisible.',
  'field.password': 'Use 10 to 128 characters for the password.',
} as const;
