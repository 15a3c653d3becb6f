import { memo } from 'react';
import { type ListFilter, toFragment } from './address.ts';
import { liveStatuses } from './call-filter.ts';
import { formatSpan, formatTime, formatWhole } from './format-time.ts';
import { type FragmentType, graphql, readFragment } from './generated/index.ts';
import { useNow } from './now.ts';
import { StatusMark } from './status-mark.tsx';
import { directionWords } from './words.ts';

const CallRowFragment = graphql(`
  fragment CallRow on Call {
    id
    status
    from
    to
    direction
    createdAt
    answeredAt
    duration
    account {
      id
      name
    }
  }
`);

interface CallRowProps {
  readonly call: FragmentType<typeof CallRowFragment>;
  readonly filter: ListFilter;
  readonly isOpen: boolean;
  readonly isFresh: boolean;
}

/** One call in the list. The link covers the row. */
export const CallRow = memo(function CallRow({ filter, isOpen, isFresh, ...props }: CallRowProps) {
  const call = readFragment(CallRowFragment, props.call);
  const { id, status, from, to, direction, createdAt, account } = call;
  const name = [isOpen && 'open', isFresh && 'fresh'].filter(Boolean).join(' ');
  return (
    <tr className={name || undefined} data-status={status}>
      <td className="cell-status">
        <StatusMark status={status} />
      </td>
      <td className="cell-from">
        <a
          href={toFragment({ filter, panel: { kind: 'call', id } })}
          aria-current={isOpen ? 'true' : undefined}
          aria-label={`${from} to ${to}`}
        >
          {from}
        </a>
      </td>
      <td className="cell-to">{to}</td>
      <td className={`cell-direction ${direction.toLowerCase()}`}>{directionWords[direction]}</td>
      <td className="cell-account">{account.name}</td>
      <td className="cell-since">
        {createdAt && (
          <time dateTime={createdAt} title={formatWhole(createdAt)}>
            {formatTime(createdAt)}
          </time>
        )}
      </td>
      <td className="cell-duration">
        <Span call={call} />
      </td>
    </tr>
  );
});

interface Timed {
  readonly status: Parameters<typeof StatusMark>[0]['status'];
  readonly createdAt: string | null;
  readonly answeredAt: string | null;
  readonly duration: number | null;
}

/** How long the call has lasted, or has waited for an answer; of a call that has ended, how long it lasted. */
function Span({ call: { status, createdAt, answeredAt, duration } }: { readonly call: Timed }) {
  const since = answeredAt ?? createdAt;
  if (liveStatuses.includes(status)) return since && <Elapsed since={since} />;
  return duration === null ? '–' : formatSpan(duration);
}

function Elapsed({ since }: { readonly since: string }) {
  const now = useNow();
  return formatSpan((now - Date.parse(since)) / 1000);
}
