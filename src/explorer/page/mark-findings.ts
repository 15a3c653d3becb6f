import type { editor, IDisposable } from 'monaco-editor';
import type { CheckDocument, Finding } from './create-check-document.ts';
import { type BxmlInput, findBxmlInputs } from './find-bxml-inputs.ts';
import { rangeOf } from './string-offsets.ts';

type Monaco = typeof import('monaco-editor');
type Editors = Readonly<Record<BxmlInput['document']['editor'], editor.IStandaloneCodeEditor>>;

/** Milliseconds without a change before documents are checked. */
const pause = 500;

/** Marks the findings of BXML documents in their editors, in the text and in the margin, until it is disposed of. */
export function markFindings(monaco: Monaco, editors: Editors, check: CheckDocument): IDisposable {
  const { operation, variables } = editors;
  const sides = (['operation', 'variables'] as const).map((name) => ({
    name,
    model: editors[name].getModel(),
    margin: editors[name].createDecorationsCollection(),
  }));
  const severities = {
    ERROR: monaco.MarkerSeverity.Error,
    LOSS: monaco.MarkerSeverity.Warning,
    HINT: monaco.MarkerSeverity.Info,
  };

  const show = (found: readonly { input: BxmlInput; findings: readonly Finding[] }[]) => {
    for (const { name, model, margin } of sides) {
      if (model === null) continue;
      const marks = found
        .filter(({ input }) => input.document.editor === name)
        .flatMap(({ input, findings }) =>
          findings.map((finding) => {
            const [start, end] = rangeOf(input.document, finding);
            const [from, to] = [model.getPositionAt(start), model.getPositionAt(end)];
            return { finding, range: monaco.Range.fromPositions(from, to) };
          }),
        );
      const markers = marks.map(({ finding: { level, rule, message }, range }) => ({
        ...range,
        severity: severities[level],
        source: 'BXML',
        code: rule,
        message,
      }));
      monaco.editor.setModelMarkers(model, 'bxml', markers);
      margin.set(
        marks.map(({ finding: { level, message }, range }) => ({
          range,
          options: {
            linesDecorationsClassName: `finding ${level.toLowerCase()}`,
            linesDecorationsTooltip: message,
          },
        })),
      );
    }
  };

  let changes = 0;
  const refresh = async () => {
    const seen = changes;
    const found: Parameters<typeof show>[0][number][] = [];
    for (const input of findBxmlInputs(operation.getValue(), variables.getValue())) {
      found.push({ input, findings: await check(input) });
      if (seen !== changes) return;
    }
    show(found);
  };
  let timer = setTimeout(refresh, pause);
  const subscriptions = [operation, variables].map((each) =>
    each.onDidChangeModelContent(({ isFlush }) => {
      changes += 1;
      // Another tab's content: the marks are those of the former.
      if (isFlush) show([]);
      clearTimeout(timer);
      timer = setTimeout(refresh, pause);
    }),
  );
  return {
    dispose() {
      changes += 1;
      clearTimeout(timer);
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}
