/** An ordered list of rules, which a test may change at any time. */
export interface Rules<Rule> {
  /** Appends a rule and returns a function that removes it. */
  add(rule: Rule): () => void;
  clear(): void;
}

/** Creates an empty list of rules. A rule with `times` applies so many times, others always. */
export function createRules<Rule extends { readonly times?: number }, Subject>(
  isMeant: (rule: Rule, subject: Subject) => boolean,
): {
  readonly rules: Rules<Rule>;
  /** Yields the rules that apply, in order. Each rule that is yielded has been used once more. */
  match(subject: Subject): Iterable<Rule>;
} {
  let entries: { readonly rule: Rule; left: number }[] = [];
  return {
    rules: {
      add(rule) {
        const entry = { rule, left: rule.times ?? Number.POSITIVE_INFINITY };
        entries.push(entry);
        return () => {
          entries = entries.filter((other) => other !== entry);
        };
      },
      clear() {
        entries = [];
      },
    },
    *match(subject) {
      for (const entry of entries) {
        if (entry.left <= 0 || !isMeant(entry.rule, subject)) continue;
        entry.left -= 1;
        yield entry.rule;
      }
    },
  };
}
