import { GraphiQL } from 'graphiql';
import { useMemo, useState } from 'react';
import { EditorOptions } from './editor-options.tsx';
import { createFetcher } from './fetcher.ts';
import type { Session } from './session.ts';
import { tabs } from './tabs.ts';
import { TopBar } from './top-bar.tsx';

/** The whole page: a bar of our own over GraphiQL. */
export function Explorer({ session }: { readonly session: Session }) {
  const [keys, setKeys] = useState(0);
  const fetcher = useMemo(() => createFetcher(session), [session]);
  return (
    <>
      <TopBar session={session} onKey={() => setKeys((count) => count + 1)} />
      <GraphiQL
        // With another key the schema is asked for again.
        key={keys}
        fetcher={fetcher}
        defaultTabs={tabs}
        defaultEditorToolsVisibility="variables"
        // A key goes into the bar above: what is typed under Headers ends up in the browser's storage.
        isHeadersEditorEnabled={false}
        shouldPersistHeaders={false}
        schemaDescription
        inputValueDeprecation
      >
        <GraphiQL.Logo>
          <EditorOptions />
        </GraphiQL.Logo>
      </GraphiQL>
    </>
  );
}
