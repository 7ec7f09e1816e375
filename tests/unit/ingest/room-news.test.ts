import { describe, expect, it } from 'vitest';
import { RoomNews } from '../../../src/ingest/room-news.ts';
import type { ServerMessage } from '../../../src/protocol/messages.ts';
import { createParticipant } from '../../../src/room/participant.ts';
import { Room } from '../../../src/room/room.ts';

describe('the news of a room', () => {
  it('end when they are closed', () => {
    const limits = { maxParticipants: 2, maxTracksPerParticipant: 1 };
    const room = new Room({ id: 'demo', title: 'Demo', createdAt: new Date(0), limits });
    const sent: ServerMessage[] = [];
    const news = new RoomNews({
      room,
      participant: createParticipant('ana', 'Ana', 'host'),
      programSize: () => ({ width: 640, height: 360 }),
      send: (message) => sent.push(message),
    });
    room.title = 'Evening';
    expect(sent.map(({ type }) => type)).toEqual(['room', 'layout']);
    sent.length = 0;
    news.close();
    room.title = 'Morning';
    room.layout = { ...room.layout };
    room.join(createParticipant('ben', 'Ben'));
    room.events.emit('notice', { code: 'degraded', message: 'The machine is busy.' });
    room.speaking = { participants: [], speaker: undefined };
    expect(sent).toEqual([]);
  });
});
