/** The sentences of the viewers’ page around the player. */

/** Part of the English catalogue. */
export const englishWatch = {
  'watch.title': 'Watch a room',
  'watch.noRoom': 'There is no such room',
  'watch.noRoomDetail': 'The link is incomplete: it must end with the room’s ID. Ask for the whole link.',
  'watch.room': 'Room {room}',
  'watch.keys': 'Press {key} in the player for its keys.',
  'watch.link': 'Link to this page',
} as const;
