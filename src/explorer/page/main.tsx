import '@graphiql/react/style.css';
import '@graphiql/plugin-doc-explorer/style.css';
import '@graphiql/plugin-history/style.css';
import 'graphiql/graphiql.css';
import './page.css';
import './workers.ts';
import { createRoot } from 'react-dom/client';
import { Explorer } from './explorer.tsx';
import { forgetStoredHeaders } from './forget-stored-headers.ts';
import { Session } from './session.ts';

// The style sheets above are graphiql/style.css without its fonts and its second copy of the editor's styles: half a
// megabyte less, and no data: fonts, which the content security policy forbids.

const element = document.getElementById('explorer');
if (!element) throw new Error('index.html has no element for the explorer.');

forgetStoredHeaders(localStorage);
const response = await fetch('/explorer/server.json');
createRoot(element).render(<Explorer session={new Session(await response.json())} />);
