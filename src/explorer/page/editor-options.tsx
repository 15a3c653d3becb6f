import { useMonaco } from '@graphiql/react';
import { useEffect } from 'react';

/** Long lines wrap, so that no scrollbar lies over the last one, and there is room below it all the same. */
const options = { wordWrap: 'on', padding: { top: 4, bottom: 16 } } as const;

/** Sets what GraphiQL has no property for on every editor. Renders nothing. */
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
