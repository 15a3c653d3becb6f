import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Exceeded } from '../access/refusal.ts';
import type { CostSettings } from '../config/cost-settings.ts';
import { toSizeKey } from './cost-variables.ts';
import { type AnalyzedOperation, OperationAnalyzer } from './operation-analyzer.ts';
import { type Cost, costOf } from './operation-cost.ts';

/** Estimates what an operation costs and checks it against the limits. Caches the result for each page size. */
export class CostGuard {
  readonly #limits: CostLimits;
  readonly #analyzer = new OperationAnalyzer();
  /** By the operation's id, the number of accounts and the size key. */
  readonly #assessments = new LRUCache<string, Assessment>({ max: maxCached });

  constructor(limits: CostLimits) {
    this.#limits = limits;
  }

  /**
   * Returns a document to validate in place of one that is too costly whatever its variables, undefined for any
   * other. `assess` refuses the placeholder.
   */
  placeholderFor(document: DocumentNode): DocumentNode | undefined {
    return this.#analyzer.placeholderFor(document, ({ shape }) => {
      return listExceeded(shapeLimits, shape, this.#limits).length > 0;
    });
  }

  /** Returns the limit on the length of a document if `text` exceeds it. Such a text is not parsed. */
  checkLength(text: string): Exceeded | undefined {
    const allowed = this.#limits.documentBytes;
    const found = Buffer.byteLength(text);
    return found > allowed ? { limit: 'documentBytes', allowed, found } : undefined;
  }

  /** Undefined if there is no operation. Assessments of operations that exceed a limit are not cached. */
  assess({ document, operation, ...input }: GuardInput): Assessment | undefined {
    const analyzed = this.#analyzer.analyze(document, operation);
    if (analyzed === undefined) return undefined;
    const sizes = toSizeKey(analyzed.costVariables, input.variables);
    if (sizes.length > maxKeyLength) return this.#compute(analyzed, input);
    const key = `${analyzed.id} ${input.accounts} ${sizes}`;
    const cached = this.#assessments.get(key);
    if (cached !== undefined) return cached;
    const assessment = this.#compute(analyzed, input);
    if (assessment.exceeded.length === 0) this.#assessments.set(key, assessment);
    return assessment;
  }

  #compute(
    analyzed: AnalyzedOperation,
    input: Pick<GuardInput, 'schema' | 'variables' | 'accounts'>,
  ): Assessment {
    const cost = costOf({ ...input, ...analyzed }, analyzed.fragments);
    const points = cost.requests + Math.floor(cost.nodes / nodesPerPoint);
    const exceeded = listExceeded(allLimits, { ...analyzed.shape, ...cost }, this.#limits);
    return { ...cost, points, exceeded };
  }
}

export type CostLimits = Omit<CostSettings, 'tokens' | 'pointsPerMinute'>;

export interface GuardInput {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  /** Undefined if the document has none of the requested name. */
  readonly operation: OperationDefinitionNode | undefined;
  /** As the client sent them, before coercion. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** How many accounts the caller may see. */
  readonly accounts: number;
}

export interface Assessment extends Cost {
  /** Points for the rate limit, without the one point that every request costs. */
  readonly points: number;
  /** The limits that the operation exceeds. */
  readonly exceeded: readonly Exceeded[];
}

/** One point for so many nodes of the response, besides one for each request to a provider. */
const nodesPerPoint = 100;
/** Entries of the cache, some 2 MB. It is bounded because clients choose the page sizes. */
const maxCached = 4_096;
/** Characters. With a longer size key an assessment is not cached. */
const maxKeyLength = 100;

const shapeLimits = ['depth', 'aliases', 'rootFields', 'changes', 'directives', 'fragments'] as const;
const allLimits = [...shapeLimits, 'nodes', 'requests'] as const;

function listExceeded<Limit extends string>(
  limits: readonly Limit[],
  figures: Readonly<Record<Limit, number>>,
  allowed: Readonly<Record<Limit, number>>,
): readonly Exceeded[] {
  return (
    limits
      .map((limit) => ({ limit, allowed: allowed[limit], found: figures[limit] }))
      // Negated, so that NaN exceeds every limit.
      .filter((each) => !(each.found <= each.allowed))
  );
}
