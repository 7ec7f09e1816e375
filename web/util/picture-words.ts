/** Pictures people choose from their disk: what the server would refuse, said before it is sent. */

import type { Problem } from './problem.ts';

/** For the file picker. */
export const PICTURE_TYPES = 'image/png,image/jpeg,image/webp';
const MAX_BYTES = 2 * 1024 * 1024;

/** Why this file cannot be used; undefined when it may. */
export function refusePicture({ type, size }: { readonly type: string; readonly size: number }): Problem | undefined {
  const refused = { title: 'This picture cannot be used', retry: true };
  if (!PICTURE_TYPES.split(',').includes(type)) {
    const detail = 'This is no PNG, JPEG or WebP picture. Choose one of these.';
    return { ...refused, code: 'picture.type', detail };
  }
  if (size <= MAX_BYTES) return undefined;
  const detail = 'This picture is larger than 2 MB. Make it smaller, or compress it more.';
  return { ...refused, code: 'picture.size', detail };
}
