/** One time series of a scrape. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Reads Prometheus's text format; throws for a line that is none of it. */
export function readSamples(text: string): Sample[] {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return lines.map((line) => {
    const [, name, labels = '', value] = /^([a-z_]+)(?:\{(.*)\})? ([-+.\de]+|NaN|[+-]Inf)$/.exec(line) ?? [];
    if (name === undefined) throw new Error(`not in the text format: ${line}`);
    const pairs = [...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, label, of]) => [label, of]);
    return { name, labels: Object.fromEntries(pairs), value: Number(value) };
  });
}

/** The value of the one series with this name and, among others, these labels; undefined if there is none. */
export function figureOf(samples: readonly Sample[], name: string, labels: Sample['labels'] = {}) {
  const found = samples.filter(
    (each) =>
      each.name === name && Object.entries(labels).every(([label, value]) => each.labels[label] === value),
  );
  if (found.length > 1) throw new Error(`${found.length} series of ${name}`);
  return found[0]?.value;
}
