import { statSync } from 'node:fs';
import { expect, it } from 'vitest';
import { Gallery } from '../../../../bench/gallery/render.ts';
import { SCENES } from '../../../../bench/gallery/scenes.ts';
import { locateFfmpeg } from '../../../../src/ffmpeg/locate.ts';
import { decodePictures } from '../../../helpers/decoded-program.ts';
import { tempDir } from '../../../helpers/temp-dir.ts';

const SHORT = ['states-9'];

// All of it: npm run gallery
it.each(SCENES.filter(({ name }) => SHORT.includes(name)).map((scene) => [scene.name, scene] as const))(
  'the gallery shows everybody in their place in a picture for a page: %s',
  async (_, scene) => {
    const { path } = await locateFfmpeg({});
    const picture = await new Gallery(path, await tempDir()).make(scene);
    expect(statSync(picture).size).toBeLessThan(120 * 1024);
    const { frames } = await decodePictures(path, picture, 1);
    expect(frames).toHaveLength(1);
    // A picture of people and rooms, not of one colour.
    expect(new Set(frames[0]).size).toBeGreaterThan(150);
  },
);
