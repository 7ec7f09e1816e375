/** The words around every page: the bar at its top, the title of its tab, and the choice of a language. */

/** Part of the English catalogue. */
export const englishPage = {
  // Where one is
  'page.admin': 'Admin',
  'page.watch': 'Watch',
  'page.recording': 'Recording',
  'page.missing': 'Nothing here',
  // Where scripts are off
  'page.noScript': 'This page needs JavaScript. Allow it for this address, and load the page again.',
  // Language
  'page.language': 'Language',
} as const;
