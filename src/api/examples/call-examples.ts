/** Examples of calls. */
import type { RouteExamples } from './route-example.ts';

/** By route. */
export const callExamples: RouteExamples = {
  'GET /api/calls': {
    answer: {
      items: [
        {
          id: 'gQ2xT0vJc9aP',
          direction: 'in',
          person: { id: 'u-bjorn', name: 'Björn' },
          state: 'no_answer',
          missed: true,
          seen: false,
          at: '2031-05-14T14:03:27.480Z',
          ended: '2031-05-14T14:04:12.481Z',
        },
      ],
      next: '41',
      missed: 1,
    },
  },
};
