import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Exceeded } from '../access/refusal.ts';
import type { CostSettings } from '../config/cost-settings.ts';
import { type Cost, costOf } from './operation-cost.ts';
import { type OperationText, OperationTexts } from './operation-texts.ts';
import { sizesOf } from './size-variables.ts';

export type CostLimits = Omit<CostSettings, 'tokens' | 'pointsPerMinute'>;

export interface Weighable {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  /** Absent when the document has none of the name asked for. */
  readonly operation: OperationDefinitionNode | undefined;
  /** As the client sent them. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** How many accounts the caller may see. */
  readonly accounts: number;
}

export interface Weight extends Cost {
  /** What the operation costs its caller besides the one point for asking. */
  readonly points: number;
  /** The limits that it goes over. */
  readonly exceeded: readonly Exceeded[];
}

/** Points for building the answer, besides 1 for each request to a provider. */
const nodesPerPoint = 100;
/** Weights remembered, of all operations together: a client makes up as many sizes as it likes. Some 2 MB. */
const mostRemembered = 4_096;
/** Characters of the sizes; of an operation with more of them the weight is worked out each time. */
const longestSizes = 100;

const ofText = ['depth', 'aliases', 'rootFields', 'changes', 'directives', 'fragments'] as const;
const ofAll = [...ofText, 'nodes', 'requests'] as const;

/** Tells what an operation would cost, and whether that is too much; works it out once for each size. */
export class CostGuard {
  readonly #limits: CostLimits;
  readonly #texts = new OperationTexts();
  /** By the number of the operation's text, the accounts and the sizes. */
  readonly #weights = new LRUCache<string, Weight>({ max: mostRemembered });

  constructor(limits: CostLimits) {
    this.#limits = limits;
  }

  /**
   * What is to be validated instead of a document of which the text alone says that it is too costly, and
   * that only `weigh` will then refuse.
   */
  standInFor(document: DocumentNode): DocumentNode | undefined {
    return this.#texts.replace(document, ({ shape }) => over(ofText, shape, this.#limits).length > 0);
  }

  /** The limit that a text goes over by its length alone, so that it need not even be read. */
  tooLong(text: string): Exceeded | undefined {
    const allowed = this.#limits.documentBytes;
    const found = Buffer.byteLength(text);
    return found > allowed ? { limit: 'documentBytes', allowed, found } : undefined;
  }

  /** Undefined where there is no such operation. Nothing is remembered of what is refused. */
  weigh({ document, operation, ...asked }: Weighable): Weight | undefined {
    const text = this.#texts.of(document, operation);
    if (text === undefined) return undefined;
    const sizes = sizesOf(text.sizing, asked.variables);
    if (sizes.length > longestSizes) return this.#toWeight(text, asked);
    const key = `${text.number} ${asked.accounts} ${sizes}`;
    const known = this.#weights.get(key);
    if (known !== undefined) return known;
    const weight = this.#toWeight(text, asked);
    if (weight.exceeded.length === 0) this.#weights.set(key, weight);
    return weight;
  }

  #toWeight(text: OperationText, asked: Pick<Weighable, 'schema' | 'variables' | 'accounts'>): Weight {
    const cost = costOf({ ...asked, ...text }, text.fragments);
    const points = cost.requests + Math.floor(cost.nodes / nodesPerPoint);
    return { ...cost, points, exceeded: over(ofAll, { ...text.shape, ...cost }, this.#limits) };
  }
}

function over<Limit extends string>(
  limits: readonly Limit[],
  figures: Readonly<Record<Limit, number>>,
  allowed: Readonly<Record<Limit, number>>,
): readonly Exceeded[] {
  return (
    limits
      .map((limit) => ({ limit, allowed: allowed[limit], found: figures[limit] }))
      // Put this way, a figure that is no number is too much.
      .filter((each) => !(each.found <= each.allowed))
  );
}
