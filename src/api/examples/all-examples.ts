/** The examples of all routes. A new route's are told by its area's file here. */
import { callExamples } from './call-examples.ts';
import { accountExamples } from './account-examples.ts';
import { chatExamples } from './chat-examples.ts';
import { eventExamples } from './event-examples.ts';
import { doorExamples } from './door-examples.ts';
import { fileExamples } from './file-examples.ts';
import { moderationExamples } from './moderation-examples.ts';
import { recordingExamples } from './recording-examples.ts';
import { roomExamples } from './room-examples.ts';
import type { RouteExamples } from './route-example.ts';
import { serverExamples } from './server-examples.ts';

/** By route. */
export const routeExamples: RouteExamples = {
  ...serverExamples,
  ...accountExamples,
  ...roomExamples,
  ...recordingExamples,
  ...chatExamples,
  ...doorExamples,
  ...fileExamples,
  ...eventExamples,
  ...callExamples,
  ...moderationExamples,
};
