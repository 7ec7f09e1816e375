/** The sentences of who has signed in, as every page names them. */

/** Part of the English catalogue. */
export const englishAccount = {
  'account.mark': 'Account: {name}',
  'account.signIn': 'Sign in',
  'account.contacts': 'Contacts',
  'account.admin': 'Administration',
  'account.signOut': 'Sign out',
} as const;
