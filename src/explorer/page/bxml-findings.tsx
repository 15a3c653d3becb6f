import { useGraphiQL, useMonaco } from '@graphiql/react';
import { useEffect } from 'react';
import { createCheckDocument } from './create-check-document.ts';
import { markFindings } from './mark-findings.ts';
import { post } from './post.ts';
import type { Session } from './session.ts';

/** Marks what the server finds in the BXML documents of a tab. Renders nothing. */
export function BxmlFindings({ session }: { readonly session: Session }) {
  const monaco = useMonaco((state) => state.monaco);
  const operation = useGraphiQL((state) => state.queryEditor);
  const variables = useGraphiQL((state) => state.variableEditor);
  // There is no schema until the server has accepted the key.
  const isOffered = useGraphiQL(({ schema }) => schema?.getQueryType()?.getFields().checkBxml !== undefined);
  useEffect(() => {
    if (!isOffered || !monaco || !operation || !variables) return;
    const check = createCheckDocument((query) => post(query, session));
    const marks = markFindings(monaco, { operation, variables }, check);
    return () => marks.dispose();
  }, [isOffered, monaco, operation, variables, session]);
  return null;
}
