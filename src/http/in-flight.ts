import type { Flight } from './flight.ts';
import type { HttpRequest } from './http-client.ts';

/**
 * The GETs of one account that are under way, for others with the same path and headers to join: ten
 * clients that look at the same call ask the provider once. Nothing is kept once it has been answered.
 */
export class InFlight {
  readonly #flights = new Map<string, Flight>();

  find({ path, headers }: HttpRequest): Flight | undefined {
    const flight = this.#flights.get(path);
    return flight !== undefined && isSame(flight.request.headers, headers) ? flight : undefined;
  }

  add(flight: Flight): void {
    this.#flights.set(flight.request.path, flight);
  }

  remove(flight: Flight): void {
    if (this.#flights.get(flight.request.path) === flight) this.#flights.delete(flight.request.path);
  }

  /**
   * Lets nobody join what is under way now. To be called when a write has been answered: a GET from
   * before it may bring what was true before it, and who asks after it is to see what it did.
   */
  forget(): void {
    this.#flights.clear();
  }
}

function isSame(one: Record<string, string>, other: Record<string, string>): boolean {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}
