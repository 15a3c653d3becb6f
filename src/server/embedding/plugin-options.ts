export interface PluginOptions {
  /** Of the GraphQL endpoint, `/graphql` by default. */
  readonly path?: string;
}
