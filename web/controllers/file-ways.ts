import type { FileClient } from '../file-client.ts';
import { startUpload } from '../util/tus-upload.ts';
import { recallUpload, rememberUpload, uploadKey } from '../util/upload-memory.ts';
import type { FilesDeskOptions } from './files-desk.ts';

/** How a room's page reaches its files: requests, and uploads that this browser remembers. */
export function fileWays(client: FileClient): Pick<FilesDeskOptions, 'server' | 'send'> {
  const { endpoint, headers } = client;
  return {
    server: client,
    send: {
      start: (options) => startUpload({ ...options, endpoint, headers }),
      recall: (file) => recallUpload(uploadKey(endpoint, file)),
      remember: (file, address) => rememberUpload(uploadKey(endpoint, file), address),
    },
  };
}
