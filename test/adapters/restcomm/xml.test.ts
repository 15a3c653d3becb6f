import { describe, expect, test } from 'vitest';
import { parseXml } from '../../../src/adapters/restcomm/xml.ts';
import { processorTimeOf } from '../../support/processor-time.ts';

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

  test.each(['&#x1;', '&#x0;', '&#x00000b;', '&#x1F;', '&#0;', '&#8;', '&#11;', '&#0031;'])(
    'has U+FFFD for %s, which XStream writes and XML forbids',
    (reference) => {
      expect(parseXml(`<a b="${reference}">x${reference}y</a>`)).toMatchObject({
        attributes: { b: '\ufffd' },
        text: 'x\ufffdy',
      });
    },
  );

  test('keeps tabs and line ends that are written by number', () => {
    expect(parseXml('<a>&#x9;&#10;&#xD;&#32;</a>').text).toBe('\t\n\r ');
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
    ['half a character by number', '<a>&#xd83d;</a>'],
    ['a character by number beyond all', '<a>&#x110000;</a>'],
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

  const mebibytes = 2 ** 20;
  /** As much as the limit of a body lets through, of one thing. */
  const full = (head: string, piece: string, tail: string) =>
    head + piece.repeat(Math.floor((32 * mebibytes - head.length - tail.length) / piece.length)) + tail;
  const attributes = Array.from({ length: 3_000_000 }, (_, i) => `a${i}=""`).join(' ');

  test.each([
    ['elements', `<a>${'<b/>'.repeat(650_000)}</a>`],
    ['elements with text', full('<a>', '<bbbbbbbbbb>xxxxxx</bbbbbbbbbb>', '</a>')],
    ['attributes of one element', `<a ${attributes}/>`],
    ['attributes of many', full('<a>', '<b c="" d="" e="" f="" g="" h="" i=""/>', '</a>')],
    ['entities', full('<a>', '&lt;', '</a>')],
    ['characters by number', full('<a>', '&#233;', '</a>')],
    ['entities in an attribute', full('<a b="', '&lt;', '"/>')],
    ['comments', full('<a>', '<!---->', '</a>')],
    ['line ends', full('<a>', '\r\n', '</a>')],
  ])('refuses more %s than any answer has, and soon', async (_, text) => {
    // The worst took 4 s, and an honest answer may take half a second.
    const taken = await processorTimeOf(() => expect(() => parseXml(text)).toThrow(/^too m/));
    expect(taken).toBeLessThan(2_500);
  });

  test('takes more calls than are ever asked for at a time, with line ends of any kind', () => {
    const call = `<Call>${'<Sid>&amp;</Sid>\r\n'.repeat(26)}</Call>\r\n`;
    const list = `<RestcommResponse><Calls page="0">${call.repeat(20_000)}</Calls></RestcommResponse>`;
    expect(parseXml(list).children[0]?.children).toHaveLength(20_000);
  });
});
