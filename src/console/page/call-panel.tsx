import { useQuery } from 'urql';
import type { ListFilter } from './address.ts';
import { CallButtons } from './call-buttons.tsx';
import { CallFacts } from './call-facts.tsx';
import { graphql } from './generated/index.ts';
import { OperationError } from './operation-error.tsx';
import { Panel } from './panel.tsx';
import { StatusMark } from './status-mark.tsx';
import { Timeline } from './timeline.tsx';

const CallDocument = graphql(`
  query Call($id: ID!) {
    call(id: $id) {
      id
      status
      from
      to
      timeline {
        ...TimelineEvent
      }
      ...CallFacts
      ...CallButtons
    }
  }
`);

interface CallPanelProps {
  readonly id: string;
  readonly filter: ListFilter;
  readonly onClose: () => void;
}

/** One call: what is known of it, what became of it, and what can be done with it. */
export function CallPanel({ id, filter, onClose }: CallPanelProps) {
  const [{ data, fetching, error }] = useQuery({ query: CallDocument, variables: { id } });
  const call = data?.call;
  return (
    <Panel title={call ? `${call.from} to ${call.to}` : 'Call'} filter={filter} onClose={onClose}>
      {fetching && !call && <p className="hint">Reading the call…</p>}
      {error && !call && <OperationError error={error} />}
      {!fetching && !error && !call && (
        <p className="hint">The provider does not know this call, or no longer.</p>
      )}
      {call && (
        <>
          <p className="panel-status">
            <StatusMark status={call.status} />
          </p>
          <CallButtons call={call} />
          <CallFacts call={call} />
          <Timeline events={call.timeline} status={call.status} />
        </>
      )}
    </Panel>
  );
}
