import { createServer as createHttpServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { freePort } from '../../helpers/free-port.ts';
import { Door } from '../ingest/door.ts';
import { HandFedFilm, WAIT, port } from './hand-fed-film.ts';

let film: HandFedFilm;

beforeAll(async () => {
  film = await HandFedFilm.make();
});
afterAll(() => film.close());

describe('a refusal', () => {
  it.each([
    ['nobody', 'demo', 'The token does not hold; ask for a new link.'],
    ['viewer', 'demo', 'This link only allows watching; ask the host for an invite.'],
    ['admin', 'gone', 'There is no such room; check the link or create the room first.'],
  ])('of the token "%s" in room %s ends the run with the server’s sentence', async (token, room, sentence) => {
    const door = await Door.open();
    await expect(film.publisher(door.url, { token, room }).run).rejects.toThrow(sentence);
  });

  it('of a full room at the beginning ends the run', async () => {
    const door = await Door.open({ maxParticipants: 1 });
    await door.join();
    await expect(film.publisher(door.url).run).rejects.toThrow(/at most 1 people/);
  });

  it('of the upgrade is no server that is down', async () => {
    const door = await Door.open({ upgrade: { socketsPerAddress: 0 } });
    await expect(film.publisher(door.url).run).rejects.toThrow(/does not take the connection \(HTTP 503\)/);
    const page = await port(createHttpServer((_request, response) => response.end('hello')));
    await expect(film.publisher(page).run).rejects.toThrow(
      /does not take the connection \(HTTP 200\); is it a Gridcast server\?/,
    );
  });

  it('by nobody being there names the address', async () => {
    const url = `http://127.0.0.1:${await freePort()}`;
    await expect(film.publisher(url).run).rejects.toThrow(`The server at ${url} cannot be reached (`);
  });

  it.each([
    ['kick', /A host has removed you/],
    ['endRoom', /The room has ended/],
  ])('by %s ends the run for good', async (how, sentence) => {
    const door = await Door.open();
    const { run, notices, published, ids } = film.inRoom(door);
    await published();
    if (how === 'kick') door.ingest.kick('demo', ids[0] ?? '');
    else void door.ingest.endRoom('demo');
    await expect(run).rejects.toThrow(sentence);
    expect(notices).toEqual([]);
  });

  it('of a picture ends the run with the reason, instead of trying again and again', async () => {
    const door = await Door.open({ limits: { maxPixels: 1000 } });
    const { run, show, published } = film.inRoom(door);
    await published();
    show(0);
    await expect(run).rejects.toThrow(/The picture is 320x180; at most 1000 pixels are allowed/);
    await vi.waitFor(() => expect(door.ingest.participants).toBe(0), WAIT);
    expect(door.connections).toBe(2);
  });

  it('of a track holds over a cut', async () => {
    const door = await Door.open();
    const { notices, speak, show, retry, published, pictures, sounds } = film.inRoom(door);
    await published();
    door.room.participants[0]?.tracks.get(4)?.events.emit('refused', { code: 'too_expensive', message: 'No.' });
    await vi.waitFor(() => expect(notices).toEqual(['Track 4: No.']), WAIT);
    door.cut();
    await retry(1);
    await vi.waitFor(() => expect(door.connections).toBe(4), WAIT);
    await vi.waitFor(() => {
      show(0);
      speak();
      expect(sounds.length).toBeGreaterThan(0);
    }, WAIT);
    expect(pictures).toEqual([]);
    expect(notices.filter((text) => text.startsWith('Track'))).toEqual(['Track 4: No.']);
  });

  it('of every track ends the run with the reason of the last', async () => {
    const door = await Door.open();
    const { run, published, notices } = film.inRoom(door);
    await published();
    for (const track of [...(door.room.participants[0]?.tracks.values() ?? [])]) {
      track.events.emit('refused', { code: 'decode_budget', message: `Track ${track.number} is too much.` });
    }
    await expect(run).rejects.toThrow('Track 4 is too much.');
    expect(notices).toEqual(['Track 3: Track 3 is too much.', 'Track 4: Track 4 is too much.']);
    await vi.waitFor(() => expect(door.room.participants).toEqual([]), WAIT);
  });

  it('of a track is told, and the other goes on', async () => {
    const door = await Door.open();
    const { notices, speak, published, ids, sounds } = film.inRoom(door);
    await published();
    door.room
      .find(ids[0] ?? '')
      ?.tracks.get(4)
      ?.events.emit('refused', { code: 'too_expensive', message: 'It costs too much.' });
    await vi.waitFor(() => expect(notices).toEqual(['Track 4: It costs too much.']), WAIT);
    speak();
    await vi.waitFor(() => expect(sounds).toHaveLength(1), WAIT);
  });
});
