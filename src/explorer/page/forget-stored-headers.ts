/** Removes request headers, which contain API keys, that earlier versions of this page wrote to the browser's storage. */
export function forgetStoredHeaders(storage: Items): void {
  storage.removeItem('graphiql:headers');
  for (const name of histories) {
    const text = storage.getItem(name);
    if (text?.includes('"headers"')) storage.setItem(name, withoutHeaders(text));
  }
}

/** Keys of GraphiQL's history in the storage. Its entries may contain request headers. */
const histories = ['graphiql:queries', 'graphiql:favorites'] as const;

/** The methods of `localStorage` that are used here. */
interface Items {
  getItem(name: string): string | null;
  setItem(name: string, text: string): void;
  removeItem(name: string): void;
}

function withoutHeaders(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text, (key, value) => (key === 'headers' ? undefined : value)));
  } catch {
    return '{}';
  }
}
