import { describe, expect, it, type Mock, onTestFinished, vi } from 'vitest';
import { RoomTabs, type TabPass } from '../../../../web/controllers/room-tabs.ts';

const SERVER = 'https://rooms.example';
const SOON = { timeout: 9000 };

/** A signed token as far as pages read it. */
function token(claims: object): string {
  return `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c2ln`;
}

const LINK = token({ room: 'monday', role: 'participant' });
const ANN = token({ room: 'monday', role: 'host', sub: 'ann' });
const ANN_AGAIN = token({ room: 'monday', role: 'host', sub: 'ann', iat: 2 });
const BEN = token({ room: 'monday', role: 'host', sub: 'ben' });

/** Tabs of one browser, which hear one another. */
function tabs(): { tab: () => RoomTabs; changed: Mock<() => void> } {
  const changed = vi.fn<() => void>();
  const name = `test.${crypto.randomUUID()}`;
  const tab = (): RoomTabs => {
    const made = new RoomTabs(changed, () => new BroadcastChannel(name));
    onTestFinished(() => made.close());
    return made;
  };
  return { tab, changed };
}

const by = (pass: string, byPassword = false): TabPass => ({ token: pass, byPassword });

describe('RoomTabs', () => {
  it.each([
    ['with the same link', LINK, LINK],
    ['with another token for the same person', ANN, ANN_AGAIN],
  ])('knows before joining that the same person is in, %s, and when they have left', async (_, theirs, own) => {
    const { tab } = tabs();
    const [first, second] = [tab(), tab()];
    first.look(SERVER, 'monday');
    first.enter(by(theirs));
    second.look(SERVER, 'monday');
    await vi.waitFor(() => expect(second.has(own)).toBe(true), SOON);
    expect(second.has(BEN)).toBe(false);
    first.leave();
    await vi.waitFor(() => expect(second.has(own)).toBe(false), SOON);
  });

  it('is told of who comes in while it stands before the door, and of nobody in another room', async () => {
    const { tab, changed } = tabs();
    const [first, second, elsewhere] = [tab(), tab(), tab()];
    for (const each of [first, second]) each.look(SERVER, 'monday');
    elsewhere.look(SERVER, 'tuesday');
    elsewhere.enter(by(LINK));
    first.enter(by(LINK));
    await vi.waitFor(() => expect(second.has(LINK)).toBe(true), SOON);
    first.close();
    await vi.waitFor(() => expect(second.has(LINK)).toBe(false), SOON);
    expect(changed).toHaveBeenCalled();
    expect(second.passFor('')).toBeUndefined();
  });

  it('lends what the password gave, and everything to whoever came without a link', async () => {
    const { tab } = tabs();
    const [first, second] = [tab(), tab()];
    second.look(SERVER, 'monday');
    first.look(SERVER, 'monday');
    first.enter(by(ANN));
    await vi.waitFor(() => expect(second.passFor('')).toBe(ANN), SOON);
    // They hold the link of somebody else.
    expect(second.passFor(LINK)).toBeUndefined();
    first.enter(by(BEN, true));
    await vi.waitFor(() => expect(second.passFor(LINK)).toBe(BEN), SOON);
  });

  it('says nothing where the browser forbids tabs to talk', () => {
    const alone = new RoomTabs(
      () => {},
      () => {
        throw new Error('SecurityError');
      },
    );
    alone.look(SERVER, 'monday');
    alone.enter(by(LINK));
    alone.close();
    expect(alone.has(LINK)).toBe(false);
  });
});
