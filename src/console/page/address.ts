/** What the page shows, as the fragment of its address says. */
export interface Address {
  readonly filter: ListFilter;
  /** What stands beside the list. */
  readonly panel: Panel | undefined;
}

export type Panel = { readonly kind: 'call'; readonly id: string } | { readonly kind: 'accounts' | 'place' };

/** Words of the filters, as a person chose them. Empty where nothing is chosen. */
export interface ListFilter {
  /** A `CallStatus`, `live` or `ended`. */
  readonly status: string;
  readonly direction: string;
  /** The global id of an account. */
  readonly account: string;
  readonly from: string;
  readonly to: string;
}

export const noFilter: ListFilter = { status: '', direction: '', account: '', from: '', to: '' };

/**
 * Reads the fragment. Filters are there and not in the query, because browsers send the query to the server, where
 * telephone numbers would end up in logs.
 */
export function readAddress(fragment: string): Address {
  const words = new URLSearchParams(fragment.replace(/^#/, ''));
  const filter = Object.fromEntries(Object.keys(noFilter).map((name) => [name, words.get(name) ?? '']));
  return { filter: { ...noFilter, ...filter }, panel: readPanel(words) };
}

function readPanel(words: URLSearchParams): Panel | undefined {
  const id = words.get('call');
  if (id) return { kind: 'call', id };
  const kind = words.get('panel');
  return kind === 'accounts' || kind === 'place' ? { kind } : undefined;
}

/** The fragment of an address; `#calls` without filters and panel, since `#` alone scrolls to the top. */
export function toFragment({ filter, panel }: Address): string {
  const words = new URLSearchParams();
  for (const [name, word] of Object.entries(filter)) if (word !== '') words.set(name, word);
  if (panel?.kind === 'call') words.set('call', panel.id);
  else if (panel !== undefined) words.set('panel', panel.kind);
  return `#${words.toString() || 'calls'}`;
}
