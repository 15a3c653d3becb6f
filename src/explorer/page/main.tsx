import '@graphiql/react/style.css';
import '@graphiql/plugin-doc-explorer/style.css';
import '@graphiql/plugin-history/style.css';
import 'graphiql/graphiql.css';
import './page.css';
import './workers.ts';
import { GraphiQL } from 'graphiql';
import { createRoot } from 'react-dom/client';
import { fetcher } from './fetcher.ts';
import { tabs } from './tabs.ts';

// The style sheets above are the parts of graphiql/style.css without its fonts and its second copy of the
// editor's styles: half a megabyte less, and no data: fonts for the content security policy to allow.

const element = document.getElementById('explorer');
if (!element) throw new Error('index.html has no element for the explorer.');

createRoot(element).render(
  <GraphiQL
    fetcher={fetcher}
    defaultTabs={tabs}
    defaultEditorToolsVisibility="variables"
    // A key typed under Headers is not kept in the browser's storage, nor is that offered.
    shouldPersistHeaders={false}
    schemaDescription
    inputValueDeprecation
  >
    <GraphiQL.Logo>
      calls-<em>graphql</em>
    </GraphiQL.Logo>
  </GraphiQL>,
);
