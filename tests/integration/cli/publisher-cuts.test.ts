import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { Door, RESUME_MS } from '../ingest/door.ts';
import { HandFedFilm, WAIT, WELCOME, keys } from './hand-fed-film.ts';

let film: HandFedFilm;

beforeAll(async () => {
  film = await HandFedFilm.make();
});
afterAll(() => film.close());

describe('a cut', () => {
  it.each([
    ['both sockets', () => true],
    ['the control socket', (index: number) => index === 0],
    ['the picture socket', (index: number) => index === 1],
  ])('of %s is mended: the same participant, the same tracks, from the next key frame', async (_, which) => {
    const door = await Door.open();
    const { show, speak, retry, notices, client, published, ids, pictures, sounds } = film.inRoom(door);
    await published();
    show(0);
    speak();
    await vi.waitFor(() => expect([pictures.length, sounds.length]).toEqual([1, 1]), WAIT);
    door.cut(which);
    await retry(1);
    await vi.waitFor(() => expect(door.connections).toBe(4), WAIT);
    await vi.waitFor(() => {
      speak();
      expect(sounds.length).toBeGreaterThan(1);
    }, WAIT);
    show(1);
    show(2);
    show(3);
    await vi.waitFor(() => expect(keys(pictures)).toBe('KKd'), WAIT);
    expect(door.room.participants.map(({ id }) => id)).toEqual(ids);
    expect(ids).toHaveLength(1);
    expect(notices).toHaveLength(1);
    expect(client.dropped).toBeGreaterThan(0);
  });

  it.each([
    [4403, 'You are out.', /^You are out\.$/],
    [1001, 'Back soon.', undefined],
  ])('with %i while the picture socket is on its way is what its own socket says', async (code, reason, thrown) => {
    const websockets = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    await once(websockets, 'listening');
    onTestFinished(() => {
      websockets.close();
    });
    let control: WebSocket | undefined;
    websockets.on('connection', (socket) => {
      if (!control) {
        control = socket;
        socket.send(WELCOME);
        return;
      }
      // Nobody knows the ticket of somebody who is gone; that they are is still on its way to them.
      control.pause();
      socket.close(4401, 'No such ticket.');
      socket.once('close', () => {
        control?.close(code, reason);
        control?.resume();
      });
    });
    const { run, notices } = film.publisher(`http://127.0.0.1:${(websockets.address() as AddressInfo).port}`);
    if (thrown) await expect(run).rejects.toThrow(thrown);
    else await vi.waitFor(() => expect(notices).toEqual([expect.stringMatching(/^Back soon\. Trying again/)]), WAIT);
  });

  it('that lasts longer than the server waits is mended by joining anew, as the same person', async () => {
    const door = await Door.open();
    const { show, retry, published, ids, pictures } = film.inRoom(door);
    await published();
    door.cut();
    await vi.waitFor(() => {
      door.clock.advance(RESUME_MS);
      expect(door.room.participants).toEqual([]);
    }, WAIT);
    await retry(1);
    await published();
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
    await vi.waitFor(() => {
      show(0);
      expect(pictures.length).toBeGreaterThan(0);
    }, WAIT);
  });

  it('by a server that shuts down is tried again with longer and longer pauses', async () => {
    const door = await Door.open();
    const { notices, retry, published } = film.inRoom(door);
    await published();
    await door.closeServer();
    for (const count of [1, 2, 3, 4, 5, 6, 7]) await retry(count);
    const pauses = notices.map((text) => Number(/Trying again in ([\d.]+) s/.exec(text)?.[1]));
    pauses.slice(0, 7).forEach((pause, index) => {
      const most = Math.min(8, 0.5 * 2 ** index);
      expect(pause).toBeGreaterThanOrEqual(most / 2 - 0.05);
      expect(pause).toBeLessThanOrEqual(most + 0.05);
    });
    expect(notices[0]).toMatch(/^The server is shutting down; try again in a moment\. Trying again/);
  });

  it('is told with the reason of whichever socket is gone first', async () => {
    const websockets = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    await once(websockets, 'listening');
    onTestFinished(() => {
      for (const socket of websockets.clients) socket.terminate();
      websockets.close();
    });
    websockets.on('connection', (socket) => {
      // The second is for pictures; the first is told nothing.
      if (websockets.clients.size === 1) socket.send(WELCOME);
      else socket.close(1001, 'The server is shutting down.');
    });
    const { notices } = film.publisher(`http://127.0.0.1:${(websockets.address() as AddressInfo).port}`);
    await vi.waitFor(() => expect(notices).toHaveLength(1), WAIT);
    expect(notices[0]).toMatch(/^The server is shutting down\. Trying again/);
  });

  it('is suspected when the server says nothing for eight seconds', async () => {
    const door = await Door.open();
    const { clock, notices, published } = film.inRoom(door);
    await published();
    // All at once: no answer can come in between.
    clock.advance(10_000);
    await vi.waitFor(() => expect(notices[0]).toMatch(/does not answer any more.*Trying again/), WAIT);
  });

  it('is not suspected while the server answers', async () => {
    const door = await Door.open();
    const { clock, notices, speak, published, sounds } = film.inRoom(door);
    await published();
    for (let turn = 1; turn <= 6; turn += 1) {
      clock.advance(2000);
      // The pong comes before what is said now arrives. Once in each turn: what was said before would let the next ones pass at once.
      speak();
      await vi.waitFor(() => expect(sounds).toHaveLength(turn), WAIT);
    }
    expect(notices).toEqual([]);
  });
});
