import { expect, it } from 'vitest';
import { isSipAddress, isSipUri } from '../../src/calls/sip-uri.ts';

it.each([
  'sip:alice@example.com',
  'SIPS:alice@example.com:5061;transport=tls;lr',
  'sip:+1-919-555-0100:1234@gateway.example;user=phone',
  'sip:alice;day=tuesday@example.com',
  'sip:%61lice@example.com?subject=project%20x&priority=urgent',
  'sip:[2001:db8::1]:5060',
  'sip:example.com',
  'sip:alice@my_pbx',
])('is a SIP URI (RFC 3261, section 19.1.3): %s', (text) => {
  expect([isSipUri(text), isSipAddress(text)]).toEqual([true, true]);
});

it.each(['bob@example.com', 'bob@example.com:5060', '+19195550100@example.com'])(
  'is an address whose scheme is missing: %s',
  (text) => {
    expect([isSipUri(text), isSipAddress(text)]).toEqual([false, true]);
  },
);

it.each([
  '',
  'sip:',
  'alice',
  'sip:@example.com',
  'sip:alice@',
  'sip:alice@@example.com',
  'sip:alice@example.com@evil.example',
  'sip:alice@example.com, sip:bob@example.com',
  'sip:alice@example.com,sip:bob@example.com',
  '"Alice" <sip:alice@example.com>',
  '<sip:alice@example.com>',
  'sip:al ice@example.com',
  'sip:älice@example.com',
  'sip:alice@exämple.com',
  'sip:al%zzice@example.com',
  'sip:alice@example.com#fragment',
  'sip:alice@example.com/path',
  'sip:alice@example.com\\@evil.example',
  'sip:alice@example.com\r\nX-Evil: 1',
  'client:alice@example.com',
  'tel:+19195550100@example.com',
  'http://alice@example.com',
])('is none, and read by each server in its own way: %j', (text) => {
  expect([isSipUri(text), isSipAddress(text)]).toEqual([false, false]);
});
