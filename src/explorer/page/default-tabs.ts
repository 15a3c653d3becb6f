/** The documents of the tabs, ordered by file name. Their variables are in the .jsonc file of the same name. */
const operations = import.meta.glob<string>('./operations/*.graphql', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const variables = import.meta.glob<string>('./operations/*.jsonc', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** The tabs of a browser's first visit; later GraphiQL restores the visitor's own. A tab is named after its operation. */
export const defaultTabs = Object.entries(operations).map(([path, query]) => ({
  query,
  variables: variables[path.replace(/graphql$/, 'jsonc')] ?? null,
}));
