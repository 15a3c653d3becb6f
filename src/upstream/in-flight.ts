import type { Flight } from './flight.ts';
import type { HttpRequest } from './http-client.ts';

/**
 * What the map holds instead of a flight, which it lets go of. A `Map` replaces its table now and then, and
 * all that stood in an old one is kept until the next full collection: let it be no more than this.
 */
interface Slot {
  flight: Flight | undefined;
}

/**
 * The GETs of one account that are under way, for others with the same path and headers to join: ten
 * clients that look at the same call ask the provider once. Nothing is kept once it has been answered.
 */
export class InFlight {
  readonly #slots = new Map<string, Slot>();

  find({ path, headers }: HttpRequest): Flight | undefined {
    const flight = this.#slots.get(path)?.flight;
    return flight !== undefined && isSame(flight.request.headers, headers) ? flight : undefined;
  }

  add(flight: Flight): void {
    this.#slots.set(flight.request.path, { flight });
  }

  remove(flight: Flight): void {
    const slot = this.#slots.get(flight.request.path);
    if (slot?.flight !== flight) return;
    slot.flight = undefined;
    this.#slots.delete(flight.request.path);
  }

  /**
   * Lets nobody join what is under way now. To be called when a write has been answered: a GET from
   * before it may bring what was true before it, and who asks after it is to see what it did.
   */
  forget(): void {
    for (const slot of this.#slots.values()) slot.flight = undefined;
    this.#slots.clear();
  }
}

function isSame(one: Record<string, string>, other: Record<string, string>): boolean {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}
