import { describe, expect, it, vi } from 'vitest';
import type { CurrentRecording } from '../../../../web/api-types.ts';
import { type RecordingApi, RecordingSwitch } from '../../../../web/controllers/recording-switch.ts';

const RUNNING: CurrentRecording = { id: 'rec1', state: 'recording', duration: 12.5 };

function switchOf(api: Partial<RecordingApi> = {}) {
  const changed = vi.fn<() => void>();
  const asked: string[] = [];
  const noted = (verb: string) => async (id: string) => asked.push(`${verb} ${id}`);
  const all: RecordingApi = {
    room: async () => ({ currentRecording: RUNNING }),
    startRecording: noted('start'),
    pauseRecording: noted('pause'),
    resumeRecording: noted('resume'),
    stopRecording: noted('stop'),
    ...api,
  };
  return { recording: new RecordingSwitch({ api: all, room: 'monday', changed }), changed, asked };
}

describe('the switch of the recording', () => {
  it('remembers what it stopped until that was read, or another one begins', async () => {
    const { recording, changed, asked } = switchOf();
    expect(await recording.stop(RUNNING, 'No')).toBeUndefined();
    expect(recording.kept).toEqual(RUNNING);
    recording.read();
    expect(recording.kept).toBeUndefined();
    await recording.stop(RUNNING, 'No');
    await recording.start('No');
    expect(recording.kept).toBeUndefined();
    expect(asked).toEqual(['stop rec1', 'stop rec1', 'start monday']);
    expect(changed).toHaveBeenCalledTimes(7);
  });

  it('learns later that whoever stopped it is an admin, unless that was read meanwhile', async () => {
    const { recording, changed } = switchOf();
    const gate = Promise.withResolvers<boolean>();
    await recording.stop(RUNNING, 'No', gate.promise);
    expect(recording.kept).toEqual(RUNNING);
    gate.resolve(true);
    await gate.promise;
    expect(recording.kept).toEqual({ ...RUNNING, admin: true });
    expect(changed).toHaveBeenCalledTimes(3);
    const late = Promise.withResolvers<boolean>();
    await recording.stop(RUNNING, 'No', late.promise);
    recording.read();
    late.resolve(true);
    await late.promise;
    expect(recording.kept).toBeUndefined();
  });

  it('asks the server once for two clicks, and says what it refused', async () => {
    const gate = Promise.withResolvers<undefined>();
    const startRecording = vi.fn<RecordingApi['startRecording']>(() => gate.promise);
    const { recording } = switchOf({ startRecording });
    const first = recording.start('The recording was not changed');
    expect(recording.busy).toBe(true);
    expect(await recording.start('The recording was not changed')).toBeUndefined();
    gate.reject(new Error('The disk is full.'));
    expect(await first).toMatchObject({ title: 'The recording was not changed', detail: 'The disk is full.' });
    expect(startRecording).toHaveBeenCalledTimes(1);
    expect(recording.busy).toBe(false);
  });

  it('lets pause what runs, goes on with what pauses, and leaves alone what has ended', async () => {
    let found: CurrentRecording | undefined = RUNNING;
    const { recording, asked } = switchOf({ room: async () => ({ ...(found && { currentRecording: found }) }) });
    const both = async (): Promise<void> => {
      await recording.pause('No');
      await recording.resume('No');
    };
    await both();
    found = { ...RUNNING, state: 'paused' };
    await both();
    found = undefined;
    await both();
    expect(asked).toEqual(['pause rec1', 'resume rec1']);
  });

  it('tells whoever came by a link, and has signed in, that it is theirs', async () => {
    const owned: CurrentRecording = { ...RUNNING, owned: true };
    const own: CurrentRecording = { ...owned, own: true };
    const of = (found: CurrentRecording) => ({ room: async () => ({ currentRecording: found }) });
    const { recording } = switchOf(of(owned));
    expect(await recording.current()).toEqual(owned);
    expect(await recording.current(of(own))).toEqual(own);
    expect(await recording.current(of({ ...own, id: 'rec2' }))).toEqual(owned);
    // Somebody else's account reads of the room what everybody does, and one that is signed out nothing.
    expect(await recording.current({ room: async () => ({}) })).toEqual(owned);
    expect(await recording.current({ room: () => Promise.reject(new Error('signed out')) })).toEqual(owned);
  });

  it('tells what runs, and refuses as the server does', async () => {
    expect(await switchOf().recording.current()).toEqual(RUNNING);
    expect(await switchOf({ room: async () => ({}) }).recording.current()).toBeUndefined();
    const { recording } = switchOf({ room: () => Promise.reject(new Error('You are signed out.')) });
    // Nobody asks as an account what has nobody's.
    const unasked = { room: () => Promise.reject(new Error('This was not to be asked.')) };
    expect(await switchOf().recording.current(unasked)).toEqual(RUNNING);
    await expect(recording.current()).rejects.toThrow('You are signed out.');
    expect(await recording.pause('No')).toMatchObject({ title: 'No', detail: 'You are signed out.' });
  });
});
