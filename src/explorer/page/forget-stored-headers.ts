/** Where GraphiQL keeps what was run; each entry may hold the headers that it was run with. */
const histories = ['graphiql:queries', 'graphiql:favorites'] as const;

/** What of `localStorage` is needed here. */
interface Items {
  getItem(name: string): string | null;
  setItem(name: string, text: string): void;
  removeItem(name: string): void;
}

/** Removes headers, and the keys in them, that an earlier version of this page left in the browser's storage. */
export function forgetStoredHeaders(storage: Items): void {
  storage.removeItem('graphiql:headers');
  for (const name of histories) {
    const text = storage.getItem(name);
    if (text?.includes('"headers"')) storage.setItem(name, withoutHeaders(text));
  }
}

function withoutHeaders(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text, (key, value) => (key === 'headers' ? undefined : value)));
  } catch {
    return '{}';
  }
}
