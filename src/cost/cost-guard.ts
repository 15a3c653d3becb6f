import { type DocumentNode, type GraphQLSchema, Kind, type OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Exceeded } from '../access/refusal.ts';
import type { CostSettings } from '../config/cost-settings.ts';
import { type DocumentSummary, summarize, toSizeKey } from './document-summary.ts';
import { FieldRules } from './field-rules.ts';
import { type Figures, OperationFigures } from './operation-figures.ts';

/** Estimates what an operation costs and checks it against the limits. Caches the result for each page size. */
export class CostGuard {
  readonly #limits: CostLimits;
  readonly #rules: FieldRules;
  /** By the number of the document, so that the cache does not keep it in memory, operation, accounts and size key. */
  readonly #assessments = new LRUCache<string, Assessment>({ maxSize: maxCached, sizeCalculation: () => 1 });
  readonly #summaries = new WeakMap<DocumentNode, DocumentSummary & { readonly number: number }>();
  #count = 0;
  readonly #rejected = new WeakMap<DocumentNode, Pick<GuardInput, 'document' | 'operation'>>();

  constructor(limits: CostLimits, schema: GraphQLSchema) {
    this.#limits = limits;
    this.#rules = FieldRules.from(schema);
  }

  /**
   * Returns a document to validate in place of one with an operation that is too costly whatever its variables,
   * undefined for any other. The placeholder has no operation, so it is valid and cannot be executed, and `assess`
   * refuses it. Apollo Server lets no plug-in end a request between parsing and validation.
   */
  placeholderFor(document: DocumentNode): DocumentNode | undefined {
    const figures = new OperationFigures(this.#rules, this.#summaryOf(document));
    const operation = document.definitions.find(
      (each): each is OperationDefinitionNode =>
        each.kind === Kind.OPERATION_DEFINITION &&
        listExceeded(shapeLimits, figures.of(each), this.#limits).length > 0,
    );
    if (operation === undefined) return undefined;
    const placeholder: DocumentNode = { kind: Kind.DOCUMENT, definitions: [] };
    this.#rejected.set(placeholder, { document, operation });
    return placeholder;
  }

  /** Returns the limit on the length of a document if `text` exceeds it. Such a text is not parsed. */
  checkLength(text: string): Exceeded | undefined {
    const allowed = this.#limits.documentBytes;
    const found = Buffer.byteLength(text);
    return found > allowed ? { limit: 'documentBytes', allowed, found } : undefined;
  }

  /** Undefined if there is no operation. Assessments of operations that exceed a limit are not cached. */
  assess(input: GuardInput): Assessment | undefined {
    const { document, operation } = this.#rejected.get(input.document) ?? input;
    if (!operation) return undefined;
    const summary = this.#summaryOf(document);
    const { variables, accounts } = input;
    const sizes = toSizeKey(summary.costVariables, variables);
    const own = `${summary.number}.${document.definitions.indexOf(operation)}`;
    const key = sizes.length > maxKeyLength ? undefined : `${own} ${accounts} ${sizes}`;
    const cached = key === undefined ? undefined : this.#assessments.get(key);
    if (cached !== undefined) return cached;
    const values = { operation, variables, accounts };
    const figures = new OperationFigures(this.#rules, summary, values).of(operation);
    const { requests, nodes } = figures;
    const points = requests + Math.floor(nodes / nodesPerPoint);
    const exceeded = listExceeded(allLimits, figures, this.#limits);
    const assessment = { requests, nodes, points, exceeded };
    if (exceeded.length === 0 && key !== undefined) this.#assessments.set(key, assessment);
    return assessment;
  }

  #summaryOf(document: DocumentNode) {
    const cached = this.#summaries.get(document);
    if (cached !== undefined) return cached;
    this.#count += 1;
    const summary = { ...summarize(document, this.#rules.arguments), number: this.#count };
    this.#summaries.set(document, summary);
    return summary;
  }
}

export type CostLimits = Omit<CostSettings, 'tokens' | 'pointsPerMinute'>;

export interface GuardInput {
  readonly document: DocumentNode;
  /** Undefined if the document has none of the requested name. */
  readonly operation: OperationDefinitionNode | undefined;
  /** As the client sent them, before coercion. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** How many accounts the caller may see. */
  readonly accounts: number;
}

export interface Assessment extends Pick<Figures, 'requests' | 'nodes'> {
  /** Points for the rate limit, without the one point that every request costs. */
  readonly points: number;
  /** The limits that the operation exceeds. */
  readonly exceeded: readonly Exceeded[];
}

/** One point for so many nodes of the response, besides one for each request to a provider. */
export const nodesPerPoint = 100;
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
