/** Limits of what people write, for pages that need no schema: imports nothing. */

/** Longest display name, in UTF-16 code units. */
export const MAX_NAME_LENGTH = 64;
/** Longest message of the chat, in UTF-16 code units. */
export const MAX_CHAT_LENGTH = 2000;
/** Most entries of one answer of the chat. */
export const MAX_CHAT_ENTRIES = 500;
/** Entries of the chat that somebody is told of who comes. */
export const CHAT_HISTORY = 100;
