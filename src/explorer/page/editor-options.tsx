import { useMonaco } from '@graphiql/react';
import { useEffect } from 'react';

/** Wraps long lines, so that no scrollbar covers the last line, and adds padding below it. */
const options = { wordWrap: 'on', padding: { top: 4, bottom: 16 } } as const;

/** Sets options on every editor for which GraphiQL has no property. Renders nothing. */
export function EditorOptions() {
  const monaco = useMonaco((state) => state.monaco);
  useEffect(() => {
    if (monaco === undefined) return;
    for (const editor of monaco.editor.getEditors()) editor.updateOptions(options);
    const subscription = monaco.editor.onDidCreateEditor((editor) => editor.updateOptions(options));
    return () => subscription.dispose();
  }, [monaco]);
  return null;
}
