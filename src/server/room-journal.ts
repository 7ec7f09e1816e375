/** Writes down what happens in rooms: made, changed and deleted, sessions, who comes and goes, that something was written. */
import type { EventDraft, EventPerson, EventSink } from '../events/event.ts';
import type { ChatEntry } from '../protocol/chat.ts';
import type { Participant } from '../room/participant.ts';
import type { Room } from '../room/room.ts';
import type { RoomHost } from './room-host.ts';

/** To be called before the stored rooms are loaded. */
export function keepRoomJournal(rooms: RoomHost, events: EventSink): void {
  const record = (room: Room, draft: Omit<EventDraft, 'room'>): void => events.record({ ...draft, room: room.id });
  rooms.events.on('created', ({ room, by }) =>
    record(room, { type: 'room.created', ...did(by), data: { title: room.title } }),
  );
  rooms.events.on('changed', ({ room, by, what }) =>
    record(room, { type: 'room.changed', ...did(by), data: { title: room.title, changed: what } }),
  );
  rooms.events.on('deleted', ({ room, by }) =>
    record(room, { type: 'room.deleted', ...did(by), data: { title: room.title } }),
  );
  rooms.events.on('began', ({ room, session, resumed }) =>
    record(room, { type: resumed ? 'session.resumed' : 'session.began', data: { session } }),
  );
  rooms.events.on('ended', ({ room, session }) => record(room, { type: 'session.ended', data: { session } }));
  // Listeners of a room go with it.
  rooms.events.on('opened', (room) => {
    room.events.on('joined', (one) => record(room, { type: 'participant.joined', subject: personOf(one) }));
    room.events.on('left', (one) => record(room, { type: 'participant.left', subject: personOf(one) }));
    room.events.on('chat', (entry) => record(room, chatEvent(entry)));
  });
}

/** Never what was written, and nothing of what is for one person alone. */
function chatEvent({ id, author, edited, deleted }: ChatEntry): Omit<EventDraft, 'room'> {
  const data = { message: id };
  // Not only who wrote it may take it back.
  if (deleted) return { type: 'chat.deleted', subject: author, data };
  return { type: edited ? 'chat.edited' : 'chat.sent', actor: author, data };
}

function did(by: EventPerson | undefined): { readonly actor?: EventPerson } {
  return by ? { actor: by } : {};
}

function personOf({ id, name, role }: Participant): EventPerson {
  return { id, name, role };
}
