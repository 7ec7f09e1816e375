/** Limits of what people write, for pages that need no schema: imports nothing. */

/** Longest display name, in UTF-16 code units. */
export const MAX_NAME_LENGTH = 64;
/** Longest message of the chat, in UTF-16 code units. */
export const MAX_CHAT_LENGTH = 2000;
/** Most entries of one answer of the chat. */
export const MAX_CHAT_ENTRIES = 500;
/** Entries of one look back over the WebSocket. */
export const EARLIER_ENTRIES = 100;
/** Entries of the chat that somebody is told of who comes. */
export const CHAT_HISTORY = 100;
/** Most people whose presence one tab is told. */
export const MAX_WATCHED_USERS = 200;
/** Longest password of a room, in UTF-16 code units. */
export const MAX_PASSWORD_LENGTH = 128;
/** Shortest password of a room, in UTF-16 code units. */
export const MIN_PASSWORD_LENGTH = 4;
/** Most people that wait before the door of one room. */
export const MAX_WAITING = 50;
/** Files that somebody is told of who comes. */
export const FILE_HISTORY = 200;
/** The signs that people can send without a word. */
export const REACTIONS = ['👍', '👏', '❤️', '😂', '😮', '🎉'] as const;
/** Characters of the cursor of a list of rooms: eight for each of up to 500 live ones that were listed, and one place. */
export const MAX_ROOM_CURSOR = 4200;
