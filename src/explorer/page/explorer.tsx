import { GraphiQL } from 'graphiql';
import { useMemo, useState } from 'react';
import { BxmlFindings } from './bxml-findings.tsx';
import { createFetcher } from './create-fetcher.ts';
import { defaultTabs } from './default-tabs.ts';
import { EditorOptions } from './editor-options.tsx';
import type { Session } from './session.ts';
import { TopBar } from './top-bar.tsx';

/** The whole page: our top bar and GraphiQL. */
export function Explorer({ session }: { readonly session: Session }) {
  const [keys, setKeys] = useState(0);
  const fetcher = useMemo(() => createFetcher(session), [session]);
  return (
    <>
      <TopBar session={session} onKey={() => setKeys((count) => count + 1)} />
      <GraphiQL
        // A new key remounts GraphiQL, which loads the schema again.
        key={keys}
        fetcher={fetcher}
        defaultTabs={defaultTabs}
        defaultEditorToolsVisibility="variables"
        // The API key is entered in the top bar, because the headers editor writes to the browser's storage.
        isHeadersEditorEnabled={false}
        shouldPersistHeaders={false}
        schemaDescription
        inputValueDeprecation
      >
        <GraphiQL.Logo>
          <EditorOptions />
          <BxmlFindings session={session} />
        </GraphiQL.Logo>
      </GraphiQL>
    </>
  );
}
