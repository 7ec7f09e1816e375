import { describe, expect, it, vi } from 'vitest';
import { RoomImages } from '../../../../web/controllers/room-images.ts';

const PNG = new Blob(['x'], { type: 'image/png' });

function setUp() {
  const sent: (readonly [string, Blob | undefined])[] = [];
  const server = { failure: '' };
  const images = new RoomImages({
    api: {
      room: async (id) => ({ id, title: id, live: true, images: { logo: true, background: false } }),
      roomImage: async () => PNG,
      setRoomImage: async (_room, image, picture) => {
        if (server.failure !== '') throw new Error(server.failure);
        sent.push([image, picture]);
      },
    },
    room: 'monday',
    changed: () => undefined,
  });
  return { images, sent, server };
}

describe('RoomImages', () => {
  it('shows which pictures are set', async () => {
    const { images } = setUp();
    await images.load();
    expect(images.logo.url).toMatch(/^blob:/);
    expect(images.background.url).toBeUndefined();
    images.close();
    expect(images.logo.url).toBeUndefined();
  });

  it('sends a picture, shows it, and removes it', async () => {
    const { images, sent } = setUp();
    const sending = images.set('background', PNG);
    expect(images.background.busy).toBe(true);
    await sending;
    expect(images.background).toMatchObject({ busy: false, problem: undefined });
    expect(images.background.url).toMatch(/^blob:/);
    await images.set('background', undefined);
    expect(images.background.url).toBeUndefined();
    expect(sent).toEqual([
      ['background', PNG],
      ['background', undefined],
    ]);
    images.close();
  });

  it('keeps the picture that is set when another is refused', async () => {
    const { images, server, sent } = setUp();
    await images.load();
    const { url } = images.logo;
    await images.set('logo', new Blob(['x'], { type: 'text/plain' }));
    expect(images.logo).toMatchObject({ url, problem: { code: 'picture.type' } });
    server.failure = 'The picture is too large.';
    await images.set('logo', PNG);
    expect(images.logo).toEqual({
      url,
      busy: false,
      problem: expect.objectContaining({ detail: 'The picture is too large.' }),
    });
    expect(sent).toEqual([]);
    images.close();
  });

  it('changes nothing any more after it was closed', async () => {
    const { images } = setUp();
    const made = vi.spyOn(URL, 'createObjectURL');
    const loading = images.load();
    images.close();
    await loading;
    expect(images.logo.url).toBeUndefined();
    // Nobody would free it any more.
    expect(made).not.toHaveBeenCalled();
    made.mockRestore();
  });
});
