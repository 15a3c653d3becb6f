import { describe, expect, test } from 'vitest';
import { parseXml } from '../../../src/adapters/restcomm/xml.ts';

describe('parseXml', () => {
  test('gives elements, attributes and text', () => {
    const root = parseXml('<a b="1 &amp; 2"><c>x<!-- no -->y</c><d/><e><![CDATA[<&>]]></e></a>');
    expect(root).toMatchObject({ name: 'a', attributes: { b: '1 & 2' } });
    expect(root.children.map(({ name, text }) => [name, text])).toEqual([
      ['c', 'xy'],
      ['d', ''],
      ['e', '<&>'],
    ]);
  });

  test('knows the five entities and characters by number', () => {
    expect(parseXml('<a>&amp;&lt;&gt;&quot;&apos;&#233;&#xe9;</a>').text).toBe('&<>"\'éé');
  });

  test.each(['<?xml version="1.0"?><a/>', '<?xml version="1.0" encoding="utf-8"?><a/>'])(
    'takes %s',
    (text) => {
      expect(parseXml(text).name).toBe('a');
    },
  );

  test.each([
    ['a document type', '<!DOCTYPE a><a/>'],
    ['an entity of its own', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
    ['entities of entities', '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>'],
    ['an outside entity', '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'],
    ['an entity from nowhere', '<a>&nbsp;</a>'],
    ['another encoding', '<?xml version="1.0" encoding="UTF-16"?><a/>'],
    ['a control character by number, as XStream writes it', '<a>&#x1;</a>'],
    ['a control character', '<a>\u0001</a>'],
    ['an unknown prefix of nothing', '<a><b></a></b>'],
    ['half a document', '<a><b>'],
    ['two roots', '<a/><b/>'],
    ['nothing', ''],
    ['a text', 'From can not be null.'],
    ['HTML', '<!DOCTYPE html>\n<html><body><br></body></html>'],
    ['seventeen levels', '<a>'.repeat(17) + '</a>'.repeat(17)],
  ])('refuses %s', (_, text) => {
    expect(() => parseXml(text)).toThrow();
  });

  test('takes sixteen levels', () => {
    expect(parseXml('<a>'.repeat(16) + '</a>'.repeat(16)).name).toBe('a');
  });

  test('refuses more elements than any answer has', () => {
    expect(() => parseXml(`<a>${'<b/>'.repeat(1_000_000)}</a>`)).toThrow('too many elements');
  });
});
