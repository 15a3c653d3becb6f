import { formatTime, formatWhole } from './format-time.ts';
import type { CallStatus } from './generated/graphql.ts';
import { type FragmentType, graphql, readFragment } from './generated/index.ts';
import { StatusMark } from './status-mark.tsx';
import { sourceWords, toWords } from './words.ts';

const TimelineEventFragment = graphql(`
  fragment TimelineEvent on CallEvent {
    cursor
    kind
    previousStatus
    occurredAt
    source
  }
`);

interface TimelineProps {
  readonly events: readonly FragmentType<typeof TimelineEventFragment>[];
  /** The present status. */
  readonly status: CallStatus;
}

/**
 * What became of a call, latest last. The cache holds one state of a call, so that the status after an event is what
 * the next one has changed, and after the last one the present status.
 */
export function Timeline({ status, ...props }: TimelineProps) {
  const events = readFragment(TimelineEventFragment, props.events);
  if (events.length === 0) return null;
  return (
    <section aria-labelledby="timeline">
      <h3 id="timeline">What happened</h3>
      <ol className="timeline">
        {events.map(({ cursor, kind, occurredAt, source }, index) => {
          const next = events[index + 1];
          const became = next === undefined ? status : next.previousStatus;
          return (
            <li key={cursor}>
              <time dateTime={occurredAt} title={formatWhole(occurredAt)}>
                {formatTime(occurredAt)}
              </time>
              {became === null ? toWords(kind) : <StatusMark status={became} />}
              <span className="hint">{sourceWords[source]}</span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
