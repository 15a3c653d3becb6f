/** In a file of its own: the types of the package must not lead to those of optional packages. */
export interface PluginOptions {
  /** Of the GraphQL endpoint, `/graphql` by default. */
  readonly path?: string;
}
