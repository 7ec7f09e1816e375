/** Examples of the files that people share in rooms. */
import type { RouteExamples } from './route-example.ts';

const MEGABYTE = 1024 * 1024;
const FILE = {
  id: 'f-8Rw2Lq5t',
  name: 'tide table.pdf',
  type: 'application/pdf',
  size: 482_113,
  received: 482_113,
  sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  by: { id: 'bJFlQnoZ7dR2', name: 'Ann Lee', role: 'participant' },
  at: 1_936_339_260_000,
  expires: 1_936_944_060_000,
  complete: true,
};

/** By route. */
export const fileExamples: RouteExamples = {
  'GET /api/rooms/:room/files': {
    answer: {
      items: [FILE],
      usage: {
        roomBytes: FILE.size,
        roomMaxBytes: 5120 * MEGABYTE,
        ownBytes: FILE.size,
        ownMaxBytes: 2048 * MEGABYTE,
        maxFileBytes: 2048 * MEGABYTE,
      },
      enabled: true,
    },
  },
  'GET /api/rooms/:room/files/:file': { answer: FILE },
  'POST /api/rooms/:room/files/:file/link': {
    body: { ttl: 60 },
    answer: {
      url: 'https://rooms.example.org/api/rooms/monday/files/f-8Rw2Lq5t/content?ticket=eyJhbGciOiJIUzI1NiJ9.e30.c2ln',
      expires: '2031-05-12T08:02:00.000Z',
    },
  },
};
