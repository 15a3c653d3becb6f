import type { ReactNode } from 'react';
import { formatSpan, formatTime, formatWhole } from './format-time.ts';
import { type FragmentType, graphql, readFragment } from './generated/index.ts';
import { directionWords, toWords } from './words.ts';

const CallFactsFragment = graphql(`
  fragment CallFacts on Call {
    providerCallId
    callerName
    direction
    createdAt
    startedAt
    answeredAt
    endedAt
    duration
    endReason
    providerStatus
    providerEndReason
    error {
      id
      message
    }
    price {
      amount
      currency
    }
    account {
      id
      name
    }
  }
`);

/** What is known of a call. What is not known is left out. */
export function CallFacts(props: { readonly call: FragmentType<typeof CallFactsFragment> }) {
  const call = readFragment(CallFactsFragment, props.call);
  const { endReason, providerEndReason, error, price, duration } = call;
  const facts: readonly (readonly [string, ReactNode])[] = [
    ['Account', call.account.name],
    ['Direction', directionWords[call.direction]],
    ['Caller', call.callerName],
    ['Created', toTime(call.createdAt)],
    ['Started', toTime(call.startedAt)],
    ['Answered', toTime(call.answeredAt)],
    ['Ended', toTime(call.endedAt)],
    ['Duration', duration === null ? null : formatSpan(duration)],
    ['End reason', endReason && toWords(endReason) + (providerEndReason ? ` (${providerEndReason})` : '')],
    ['Error', error && [error.message, error.id].filter(Boolean).join(' · ')],
    ['Price', price && `${price.amount} ${price.currency}`],
    ["Provider's status", call.providerStatus],
    ["Provider's id", <code key="id">{call.providerCallId}</code>],
  ];
  return (
    <dl className="facts">
      {facts
        .filter(([, value]) => value !== null)
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

function toTime(time: string | null): ReactNode {
  if (time === null) return null;
  return (
    <time dateTime={time} title={formatWhole(time)}>
      {formatTime(time)}
    </time>
  );
}
