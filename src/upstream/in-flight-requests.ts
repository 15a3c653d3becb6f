import type { HttpRequest } from './http-client.ts';
import type { InFlightRequest } from './in-flight-request.ts';

/**
 * A map value that can be emptied. When a `Map` grows, V8 keeps the values of its old table until the next
 * full collection; with this indirection it keeps no requests.
 */
interface Slot {
  request: InFlightRequest | undefined;
}

/**
 * The GETs of one account that are in flight, so that identical ones are sent once: ten clients that read
 * the same call cause one request. Two GETs are identical if path and headers are. Nothing is kept after
 * the response.
 */
export class InFlightRequests {
  readonly #slots = new Map<string, Slot>();

  find({ path, headers }: HttpRequest): InFlightRequest | undefined {
    const request = this.#slots.get(path)?.request;
    return request !== undefined && isSame(request.request.headers, headers) ? request : undefined;
  }

  add(request: InFlightRequest): void {
    this.#slots.set(request.request.path, { request });
  }

  remove(request: InFlightRequest): void {
    const slot = this.#slots.get(request.request.path);
    if (slot?.request !== request) return;
    slot.request = undefined;
    this.#slots.delete(request.request.path);
  }

  /**
   * Lets nobody join the GETs that are in flight now. Called when a write has been answered: a GET that
   * was sent before it may return the state before it.
   */
  clear(): void {
    for (const slot of this.#slots.values()) slot.request = undefined;
    this.#slots.clear();
  }
}

function isSame(one: Record<string, string>, other: Record<string, string>): boolean {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}
