import { readFileSync } from 'node:fs';
import { parser } from '@prometheus-io/lezer-promql';
import type { Sample } from './samples.ts';

interface Panel {
  readonly title: string;
  readonly targets: readonly { readonly expr: string; readonly legendFormat: string }[];
}

/** A query of the dashboard, and what its legend is made of. */
export interface PanelQuery {
  readonly name: string;
  readonly text: string;
  readonly legend: string;
}

/** All queries of the dashboard, with variables replaced by what Grafana makes of "All". */
export function panelQueries(): PanelQuery[] {
  const file = new URL('../../src/telemetry/dashboard.json', import.meta.url);
  const { panels } = JSON.parse(readFileSync(file, 'utf8')) as { readonly panels: readonly Panel[] };
  return panels.flatMap(({ title, targets }) =>
    targets.map(({ expr, legendFormat }, i) => ({
      name: `${title} ${i}`,
      text: expr.replaceAll('$__rate_interval', '5m').replaceAll(/\$(instance|account)\b/g, '.*'),
      legend: legendFormat,
    })),
  );
}

interface Selector {
  readonly name: string;
  readonly matchers: readonly { readonly label: string; readonly op: string; readonly value: string }[];
}

/** What is in a query; throws if it is no PromQL. */
export function readQuery(query: string): { selectors: readonly Selector[]; grouping: readonly string[] } {
  const selectors: Selector[] = [];
  const grouping: string[] = [];
  parser.parse(query).iterate({
    enter({ node }) {
      const textOf = (name: string) => {
        const child = node.getChild(name);
        return child === null ? '' : query.slice(child.from, child.to);
      };
      if (node.type.isError) throw new Error(`no PromQL at ${node.from}: ${query}`);
      if (node.name === 'GroupingLabels') {
        grouping.push(...node.getChildren('LabelName').map(({ from, to }) => query.slice(from, to)));
      }
      if (node.name === 'VectorSelector') {
        const matchers = node.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ?? [];
        selectors.push({
          name: textOf('Identifier'),
          matchers: matchers.map((matcher) => {
            const [label = '', op = '', value = '""'] = ['LabelName', 'MatchOp', 'StringLiteral'].map(
              (kind) => {
                const part = matcher.getChild(kind);
                return part === null ? undefined : query.slice(part.from, part.to);
              },
            );
            return { label, op, value: JSON.parse(value) };
          }),
        });
      }
    },
  });
  return { selectors, grouping };
}

/** The series that a selector finds in a scrape of the instance; Prometheus adds the label `instance`. */
export function select(samples: readonly Sample[], { name, matchers }: Selector): Sample[] {
  return samples
    .filter((each) => each.name === name)
    .filter(({ labels }) =>
      matchers.every(({ label, op, value }) => {
        const found = label === 'instance' ? 'this' : (labels[label] ?? '');
        const isFound = op.includes('~') ? new RegExp(`^(?:${value})$`).test(found) : found === value;
        return isFound !== op.startsWith('!');
      }),
    );
}
