import { describe, expect, it, vi } from 'vitest';
import { type RecordingApi, RecordingSwitch } from '../../../../web/controllers/recording-switch.ts';

function switchOf(api: Partial<RecordingApi> = {}) {
  const changed = vi.fn<() => void>();
  const all: RecordingApi = {
    startRecording: async () => undefined,
    stopCurrentRecording: async () => 'rec1',
    ...api,
  };
  return { recording: new RecordingSwitch({ api: all, room: 'monday', changed }), changed };
}

describe('the switch of the recording', () => {
  it('remembers what it stopped until that was read, or another one begins', async () => {
    const { recording, changed } = switchOf();
    expect(await recording.toggle(true, 'No')).toBeUndefined();
    expect(recording.kept).toBe('rec1');
    recording.read();
    expect(recording.kept).toBeUndefined();
    await recording.toggle(true, 'No');
    await recording.toggle(false, 'No');
    expect(recording.kept).toBeUndefined();
    expect(changed).toHaveBeenCalledTimes(7);
  });

  it('asks the server once for two clicks, and says what it refused', async () => {
    const gate = Promise.withResolvers<undefined>();
    const startRecording = vi.fn<RecordingApi['startRecording']>(() => gate.promise);
    const { recording } = switchOf({ startRecording });
    const first = recording.toggle(false, 'Recording did not change');
    expect(recording.busy).toBe(true);
    expect(await recording.toggle(false, 'Recording did not change')).toBeUndefined();
    gate.reject(new Error('The disk is full.'));
    expect(await first).toMatchObject({ title: 'Recording did not change', detail: 'The disk is full.' });
    expect(startRecording).toHaveBeenCalledTimes(1);
    expect(recording.busy).toBe(false);
  });

  it('has nothing to show where nothing ran any more', async () => {
    const { recording } = switchOf({ stopCurrentRecording: async () => undefined });
    await recording.toggle(true, 'No');
    expect(recording.kept).toBeUndefined();
  });
});
