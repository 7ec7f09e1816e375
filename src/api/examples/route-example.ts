/** What an example of a route is. */

/** A request and its answer, as JSON; the test of examples says which of the two a route needs. */
export interface RouteExample {
  readonly body?: unknown;
  /** The first answer below 300 that is JSON. */
  readonly answer?: unknown;
}

/** By method and path in the router's notation, for example `GET /api/rooms/:room`. */
export type RouteExamples = Readonly<Record<string, RouteExample>>;
