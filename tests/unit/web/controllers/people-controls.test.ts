import { describe, expect, it, vi } from 'vitest';
import type { ParticipantChange, ParticipantInfo } from '../../../../web/api-types.ts';
import { PeopleControls } from '../../../../web/controllers/people-controls.ts';

/** Patience with a busy machine. */
const WAIT = { timeout: 9000 };

const ANN: ParticipantInfo = { id: 'ann', name: 'Ann', muted: false, gain: -3, avatar: false };

function setUp() {
  const asked: ParticipantChange[] = [];
  const avatars: (Blob | undefined)[] = [];
  const server = { failure: '' };
  const answer = async <T>(value: T): Promise<T> => {
    if (server.failure !== '') throw new Error(server.failure);
    return value;
  };
  const controls = new PeopleControls({
    api: {
      participants: () => answer([ANN]),
      changeParticipant: (_room, _id, change) => {
        asked.push(change);
        return answer({ ...ANN, ...change });
      },
      setAvatar: async (_room, _id, picture) => {
        await answer(undefined);
        avatars.push(picture);
      },
    },
    room: 'monday',
    changed: () => undefined,
  });
  return { controls, asked, avatars, server };
}

describe('PeopleControls', () => {
  it('knows loudness after it asked, and shows a change before it is done', async () => {
    const { controls, asked } = setUp();
    expect(controls.info('ann')).toBeUndefined();
    await controls.load();
    expect(controls.info('ann')?.gain).toBe(-3);
    controls.change('ann', { gain: 6 });
    expect(controls.info('ann')?.gain).toBe(6);
    controls.change('ann', { gain: 7 });
    controls.change('ann', { muted: true });
    await vi.waitFor(() => expect(asked).toEqual([{ gain: 6 }, { gain: 7, muted: true }]), WAIT);
  });

  it('shows what is true again when a change fails, and says why', async () => {
    const { controls, server } = setUp();
    await controls.load();
    server.failure = 'They have left.';
    controls.change('ann', { gain: 6 });
    await vi.waitFor(() => expect(controls.problem('ann')?.detail).toBe('They have left.'), WAIT);
    expect(controls.info('ann')?.gain).toBe(-3);
    server.failure = '';
    controls.change('ann', { gain: 1 });
    expect(controls.problem('ann')).toBeUndefined();
  });

  it('sends a picture and removes it', async () => {
    const { controls, avatars } = setUp();
    await controls.load();
    const picture = new Blob(['x'], { type: 'image/png' });
    const sending = controls.setAvatar('ann', picture);
    expect(controls.avatarBusy('ann')).toBe(true);
    await sending;
    expect([controls.info('ann')?.avatar, controls.avatarBusy('ann')]).toEqual([true, false]);
    await controls.setAvatar('ann', undefined);
    expect([controls.info('ann')?.avatar, avatars]).toEqual([false, [picture, undefined]]);
  });

  it('sends nothing that is no picture', async () => {
    const { controls, avatars } = setUp();
    await controls.setAvatar('ann', new Blob(['x'], { type: 'image/svg+xml' }));
    expect(controls.problem('ann')?.code).toBe('picture.type');
    expect(avatars).toEqual([]);
  });
});
