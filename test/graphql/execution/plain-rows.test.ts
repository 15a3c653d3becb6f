import fc from 'fast-check';
import { type GraphQLObjectType, isObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { toCall as fromBandwidth } from '../../../src/adapters/bandwidth/to-call.ts';
import { isWireCall } from '../../../src/adapters/bandwidth/wire.ts';
import { createConnect, sbc } from '../../../src/adapters/restcomm/dialect.ts';
import { toCall as fromRestcomm } from '../../../src/adapters/restcomm/to-call.ts';
import { readCall } from '../../../src/adapters/restcomm/wire.ts';
import type { Call } from '../../../src/calls/call.ts';
import { createObjectBuilder } from '../../../src/graphql/execution/object-builder.ts';
import { toPlainProperty } from '../../../src/graphql/execution/plain-property.ts';
import { loadSchema } from '../../../src/graphql/load-schema.ts';
import { runs } from '../../support/runs.ts';
import { someAccount, someCall } from '../../support/some-call.ts';

/**
 * What a row holds must not decide how its answer is made: a member that may not stand in the answer as it is sends
 * the whole object down the slow path.
 */
const types = loadSchema().getTypeMap();

function isFast(name: string, source: object): boolean {
  const type = types[name] as GraphQLObjectType;
  expect(isObjectType(type)).toBe(true);
  const fields = Object.values(type.getFields()).filter((field) => toPlainProperty(field) !== undefined);
  const layout = createObjectBuilder(
    fields.map((field) => ({ responseName: field.name, plain: toPlainProperty(field) })),
  );
  return layout.begin(source) !== undefined;
}

/** The objects of a call that take the slow path. */
function slowPathsOf({ price, error, details, ...call }: Call): string[] {
  const stirShaken = 'stirShaken' in details ? details.stirShaken : null;
  const detailsType = details.provider === 'BANDWIDTH' ? 'BandwidthCallDetails' : 'RestcommCallDetails';
  const objects = { Call: call, Money: price, CallError: error, [detailsType]: details };
  const all = Object.entries({ ...objects, StirShaken: stirShaken ?? null });
  return all.flatMap(([name, source]) => (source === null || isFast(name, source) ? [] : [name]));
}

const odd = fc.oneof(
  fc.constantFrom(null, undefined, '', 'null', 0, -0, -1, 1.5, 1e300, 2 ** 31, true, {}, []),
  fc.constantFrom(
    'COMPLETED',
    'In-Progress',
    'a word of tomorrow',
    '__proto__',
    '007',
    '1,50 €',
    'Zoë 日本 😀',
  ),
  fc.constantFrom('2024-02-29T23:59:59.999Z', '2026-11-29T06:20:21-06:00', 'Sun, 29 Nov 2026 06:20:21 GMT'),
  fc.string(),
  fc.double(),
);

const rowOf = (...names: readonly string[]) =>
  fc.record(Object.fromEntries(names.map((name) => [name, odd])), { requiredKeys: [] });

describe('slow paths taken for the answer, whatever a provider writes into its rows', () => {
  it('are counted: one for a member that may not stand in the answer', () => {
    expect(isFast('Call', someCall())).toBe(true);
    expect(isFast('Call', someCall({ duration: 1.5 }))).toBe(false);
    expect(isFast('Call', someCall({ status: 'RANG' as Call['status'] }))).toBe(false);
  });

  it('Bandwidth: none', () => {
    const nested = rowOf('verstat', 'attestationIndicator', 'originatingId');
    const row = fc.tuple(
      rowOf(
        ...['parentCallId', 'applicationId', 'to', 'from', 'direction', 'state', 'identity', 'enqueuedTime'],
        ...['startTime', 'answerTime', 'endTime', 'disconnectCause', 'errorMessage', 'errorId', 'lastUpdate'],
      ),
      fc.oneof(nested, odd),
    );
    fc.assert(
      fc.property(row, ([members, stirShaken]) => {
        const wire: unknown = { ...members, stirShaken, callId: 'c-1' };
        expect(isWireCall(wire) && slowPathsOf(fromBandwidth(wire, someAccount()))).toEqual([]);
      }),
      { numRuns: runs(300) },
    );
  });

  it('Restcomm, of either dialect: none', () => {
    const row = rowOf(
      ...['InstanceId', 'date_created', 'date_updated', 'parent_call_sid', 'to', 'from', 'phone_number_sid'],
      ...['status', 'start_time', 'end_time', 'duration', 'price', 'price_unit', 'direction', 'answered_by'],
      ...['api_version', 'forwarded_from', 'caller_name', 'uri', 'ring_duration'],
    );
    const dialect = fc.constantFrom(createConnect(`AC${'a'.repeat(32)}`), sbc);
    fc.assert(
      fc.property(row, dialect, (members, spoken) => {
        const wire = readCall(JSON.stringify({ ...members, sid: 'CA1' }), 'json');
        expect(slowPathsOf(fromRestcomm(wire, someAccount(), spoken))).toEqual([]);
      }),
      { numRuns: runs(300) },
    );
  });
});
