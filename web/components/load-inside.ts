/** Loads what one needs in a room, more than half of the page, while one looks into the camera. */
import { ApiError } from '../api-client.ts';
import type { openStay } from './room-inside.ts';

/** The same each time. @throws ApiError `unreachable` */
export async function loadInside(): Promise<{ readonly openStay: typeof openStay }> {
  try {
    return await import('./room-inside.ts');
  } catch {
    throw new ApiError('The room cannot be loaded; check the network and try again.', 0, 'unreachable');
  }
}
