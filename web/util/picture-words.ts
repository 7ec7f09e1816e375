/** Pictures people choose from their disk: what the server would refuse, said before it is sent. */

/** For the file picker. */
export const PICTURE_TYPES = 'image/png,image/jpeg,image/webp';
const MAX_BYTES = 2 * 1024 * 1024;

/** Why this file cannot be used; undefined when it may. */
export function refusePicture({ type, size }: { readonly type: string; readonly size: number }): string | undefined {
  if (!PICTURE_TYPES.split(',').includes(type)) return 'This is no PNG, JPEG or WebP picture. Choose one of these.';
  if (size > MAX_BYTES) return 'This picture is larger than 2 MB. Make it smaller, or compress it more.';
  return undefined;
}
