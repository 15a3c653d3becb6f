interface HiveGateway extends AsyncDisposable {
  fetch(url: string, init: RequestInit): Promise<Response>;
}

/**
 * Hive Gateway, which passes the key of each caller on. It needs `@graphql-mesh/transport-http` as well.
 *
 * Its types are not loaded: they replace global ones of Node and graphql by those of the DOM and of GraphQL Yoga, for
 * the whole project.
 */
export async function createHiveGateway(supergraph: string): Promise<HiveGateway> {
  const name: string = '@graphql-hive/gateway-runtime';
  const { createGatewayRuntime } = (await import(name)) as {
    createGatewayRuntime(config: object): HiveGateway;
  };
  return createGatewayRuntime({
    supergraph,
    logging: false,
    propagateHeaders: {
      fromClientToSubgraphs: ({ request }: { request: Request }) => ({
        'x-api-key': request.headers.get('x-api-key'),
      }),
    },
  });
}
