/** The ready operations, in the order of their file names; variables stand in the .jsonc file of the same name. */
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

/** What a browser sees at its first visit; later it keeps its own. GraphiQL names a tab after its operation. */
export const tabs = Object.entries(operations).map(([path, query]) => ({
  query,
  variables: variables[path.replace(/graphql$/, 'jsonc')] ?? null,
}));
