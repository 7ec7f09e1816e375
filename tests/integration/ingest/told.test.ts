import { describe, expect, it } from 'vitest';
import { Door } from './door.ts';

describe('being told', () => {
  it('means that everybody in the room has received it', async () => {
    const door = await Door.open();
    const people = [await door.join('ana'), await door.join('participant')];
    door.room.recordingMark = 'recording';
    await door.ingest.told('demo', new AbortController().signal);
    for (const { control } of people) {
      expect(control.messages.filter((message) => message.type === 'room').at(-1)).toMatchObject({ recording: true });
    }
  });

  it('does not wait for somebody who does not read once it is given up', async () => {
    const door = await Door.open();
    const { control } = await door.join('ana');
    control.socket.pause();
    const patience = new AbortController();
    let told = false;
    const telling = door.ingest.told('demo', patience.signal).then(() => {
      told = true;
    });
    // Somebody else's answer comes all the way meanwhile.
    await door.join('participant');
    expect(told).toBe(false);
    patience.abort();
    await telling;
    control.socket.resume();
  });

  it('does not wait for somebody who is gone', async () => {
    const door = await Door.open();
    const { control } = await door.join('ana');
    control.socket.pause();
    const telling = door.ingest.told('demo', new AbortController().signal);
    control.socket.terminate();
    await telling;
  });
});
