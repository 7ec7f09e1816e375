/** What an example of a route is. */

/** Of a request and of what is answered, as JSON; the test of examples says which of them a route needs. */
export interface RouteExample {
  readonly body?: unknown;
  /** Of the first answer below 300 that is JSON. */
  readonly answer?: unknown;
}

/** By method and path in the router's notation, for example `GET /api/rooms/:room`. */
export type RouteExamples = Readonly<Record<string, RouteExample>>;
