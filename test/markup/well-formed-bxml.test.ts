import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { requireSoundBxml } from '../../src/calls/check-document.ts';
import { Refusal } from '../../src/calls/failure.ts';

const field = ['input', 'bxml'];
const most = 64 * 1024;

function refusalOf(bxml: string): Refusal | undefined {
  try {
    requireSoundBxml(bxml, field);
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

/** A document of exactly so many bytes in UTF-8, with so many of them in each character of its text. */
function documentOf(bytes: number, character = 'a'): string {
  const [head, tail] = ['<Bxml>', '</Bxml>'];
  const size = Buffer.byteLength(character);
  const room = bytes - head.length - tail.length;
  return head + character.repeat(Math.floor(room / size)) + ' '.repeat(room % size) + tail;
}

function nested(depth: number): string {
  return `<Bxml>${'<Tag>'.repeat(depth - 1)}${'</Tag>'.repeat(depth - 1)}</Bxml>`;
}

describe('a BXML document', () => {
  it.each([
    ['an empty root', '<Bxml/>'],
    ['a response', '<Response><SpeakSentence voice="julie">Hello</SpeakSentence></Response>'],
    ['unknown verbs', '<Bxml><Levitate height="3"><Then/></Levitate></Bxml>'],
    ['an XML declaration', '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Bxml/>'],
    ['an encoding in lower case', '<?xml version="1.0" encoding="utf-8"?><Bxml/>'],
    ['a declaration without encoding', "<?xml version='1.0'?><Bxml/>"],
    ['a byte order mark', '\ufeff<?xml version="1.0"?><Bxml/>'],
    ['comments and blanks around the root', '<!-- a -->\n<Bxml/>\n<!-- b -->\n'],
    ['CDATA', '<Bxml><![CDATA[<not> & a tag]]></Bxml>'],
    ['the entities that need no DTD', '<Bxml a="&quot;">&amp;&lt;&gt;&apos;&#233;&#x1F600;</Bxml>'],
    ['a processing instruction', '<Bxml><?keep calm?></Bxml>'],
    ['a namespace', '<Bxml xmlns="urn:x" xmlns:b="urn:y"><b:Pause/></Bxml>'],
    ['other alphabets', '<Bxml><SpeakSentence>Grüße, 你好, 😀</SpeakSentence></Bxml>'],
    ['windows line ends', '<Bxml>\r\n  <Pause/>\r\n</Bxml>\r\n'],
    ['a hundred levels', nested(100)],
    ['all the bytes allowed', documentOf(most)],
    ['all the bytes allowed, two a character', documentOf(most, 'é')],
  ])('may have %s', (_, bxml) => {
    expect(refusalOf(bxml)).toBeUndefined();
  });

  it.each([
    ['nothing', '', 'document must contain a root element', 1, 1],
    ['blanks only', ' \n ', 'document must contain a root element', 2, 1],
    ['text only', 'Bxml', 'text data outside of root node', 1, 1],
    ['a tag not closed', '<Bxml>', 'unclosed tag: Bxml', 1, 1],
    ['a tag not closed within the root', '<Bxml>\n <Foo>\n', 'unclosed tag: Foo', 2, 2],
    ['a tag not ended', '<Bxml>\n <Foo', 'a tag that does not end', 2, 2],
    ['a quotation mark too few', '<Bxml>\n <Foo a="b>\n</Bxml>', 'a tag that does not end', 2, 2],
    ['tags crossed', '<Bxml>\n  <Foo></Bar>\n</Bxml>', 'Foo of line 2, column 3 is still open', 2, 8],
    ['a close tag too many', '<Bxml/>\n</Bxml>', 'unexpected close tag: no Bxml is open', 2, 1],
    ['text before the root', 'hi <Bxml/>', 'text data outside of root node', 1, 1],
    ['text behind the root', '<Bxml/>\n hi\n', 'text data outside of root node', 2, 2],
    ['CDATA behind the root', '<Bxml/>\n<![CDATA[hi]]>', 'text data outside of root node', 2, 1],
    ['two roots', '<Bxml/>\n<Bxml/>', 'documents may contain only one root', 2, 1],
    ['an attribute twice', '<Bxml>\n<Foo a="1" b=""\n a="2"\n/></Bxml>', 'duplicate attribute: a', 3, 2],
    ['an attribute without quotes', '<Bxml a=1/>', 'unquoted attribute value', 1, 9],
    ['an attribute without value', '<Bxml a>', 'attribute without value', 1, 8],
    ['attributes without a blank between', '<Bxml a=""b=""/>', 'no whitespace between attributes', 1, 11],
    ['a less-than sign in an attribute', '<Bxml a="b<c"/>', 'disallowed character', 1, 11],
    ['a bare ampersand', '<Bxml>\n  a & b\n  <Foo/>\n</Bxml>', 'an unescaped `&`: write `&amp;`', 2, 5],
    ['a bare ampersand in a URL', '<Bxml>\n<A b="?x=1&y=2"/></Bxml>', 'an unescaped `&`', 2, 11],
    [
      'a bare ampersand behind others that are none',
      `<Bxml><![CDATA[&]]><!--&-->\n&</Bxml>`,
      '`&amp;`',
      2,
      1,
    ],
    ['a bare ampersand before another fault', '<Bxml>\n&\n</Foo>\ud800', 'an unescaped `&`', 2, 1],
    ['a bare less-than sign', '<Bxml>\n😀 < b</Bxml>', 'an unescaped `<`: write `&lt;`', 2, 3],
    ['an unknown entity', '<Bxml>\n&nbsp;</Bxml>', 'undefined entity', 2, 1],
    ['a control character', '<Bxml>\r\n\u0001</Bxml>', 'disallowed character', 2, 1],
    ['a control character behind an emoji', '<Bxml>😀\u0001</Bxml>', 'disallowed character', 1, 8],
    ['no character', '<Bxml>\ufffe</Bxml>', 'disallowed character', 1, 7],
    ['a control character as entity', '<Bxml>\r&#1;</Bxml>', 'malformed character entity', 2, 1],
    ['the same in XML 1.1', '<?xml version="1.1"?><Bxml>&#1;</Bxml>', 'malformed character entity', 1, 28],
    ['the end of CDATA alone', '<Bxml>a ]]> b</Bxml>', 'the string "]]>"', 1, 9],
    ['CDATA without end', '<Bxml>\n<![CDATA[ a\n</Bxml>', 'unclosed CDATA section', 2, 1],
    ['a comment without end', '<Bxml>\n<!-- a\n</Bxml>', 'unclosed comment', 2, 1],
    ['hyphens in a comment', '<Bxml>\n<!-- a -- b --></Bxml>', 'malformed comment', 2, 8],
    ['an instruction without end', '<Bxml>\n<?a\n</Bxml>', 'unclosed processing instruction', 2, 1],
    ['a declaration behind a blank', ' <?xml version="1.0"?><Bxml/>', 'an XML declaration must be', 1, 2],
    ['half a declaration', '<Bxml>\n<!foo>\ud83d</Bxml>', 'incorrect syntax', 2, 1],
    ['an instruction without a name', '<Bxml><? a?></Bxml>', 'an instruction have a name', 1, 7],
    ['an XML declaration with more in it', '<?xml version="1.0" a="b"?><Bxml/>', 'malformed XML', 1, 1],
    ['a slash within a tag', '<Bxml>\n<Foo / ></Bxml>', 'disallowed character in a tag', 2, 6],
    ['more in a closing tag', '<Bxml></Bxml a="b">', 'malformed closing tag', 1, 7],
    ['a name that is none', '<Bxml><-a/></Bxml>', 'an unescaped `<`', 1, 7],
    ['a DTD', '<!-- a -->\n<!DOCTYPE Bxml>\n<Bxml/>', 'a DTD is not allowed', 2, 1],
    ['a DTD with entities', '<!DOCTYPE B [<!ENTITY a "b">]>\n<Bxml>&a;</Bxml>', 'a DTD is not allowed', 1, 1],
    ['a DTD elsewhere', '<!DOCTYPE B SYSTEM "file:///etc/passwd">\n<Bxml/>', 'a DTD is not allowed', 1, 1],
    ['a DTD without end', '<!DOCTYPE B [\n<Bxml/>', 'a DTD is not allowed', 1, 1],
    [
      'another encoding',
      '<?xml version="1.0" encoding="UTF-16"?><Bxml/>',
      'its encoding must be UTF-8',
      1,
      1,
    ],
    [
      'Latin-1',
      '\ufeff<?xml version="1.0" encoding="ISO-8859-1"?><Bxml/>',
      'its encoding must be UTF-8',
      1,
      1,
    ],
    ['another root', '\n<Rcml>\n</Rcml>', 'its root must be Bxml or Response', 2, 1],
    ['a root in lower case', '<bxml/>', 'its root must be Bxml or Response', 1, 1],
    ['a root with a prefix', '<a:Bxml xmlns:a="u"/>', 'its root must be Bxml or Response', 1, 1],
    ['a hundred and one levels', nested(101), 'it is nested more than 100 deep', 1, 502],
    ['half a character', '<Bxml>\n😀\ud800x</Bxml>', 'it holds half a character', 2, 2],
    ['a tag behind half a character', '<Bxml>\ud800<Foo></Bxml>', 'it holds half a character', 1, 7],
    [
      'half a character before a bare ampersand',
      '<Bxml>\n\udc00\n&</Bxml>',
      'it holds half a character',
      2,
      1,
    ],
  ])('may not have %s', (_, bxml, what, line, column) => {
    const refusal = refusalOf(bxml);
    expect(refusal).toMatchObject({ code: 'INVALID_INPUT', field });
    expect(refusal?.message).toContain(what);
    expect(refusal?.message).toContain(`(line ${line}, column ${column}).`);
  });

  it.each([
    ['one byte too many', documentOf(most + 1)],
    ['too many bytes in few characters', documentOf(most + 1, 'é')],
  ])('may not have %s', (_, bxml) => {
    const message = `The document has ${most + 1} bytes; at most ${most} are allowed.`;
    expect(refusalOf(bxml)).toMatchObject({ code: 'INVALID_INPUT', field, message });
  });

  it.each([
    ['that is not closed', (name: string) => `<Bxml><${name}>`],
    ['that is closed by another', (name: string) => `<Bxml><${name}></Bxml>`],
    ['that closes nothing', (name: string) => `<Bxml/></${name}>`],
    ['that stands before an attribute twice', (name: string) => `<Bxml><${name} a="" a=""/>`],
    ['that an attribute has twice', (name: string) => `<Bxml ${name}="" ${name}=""/>`],
  ])('is refused in a few words for a name of 20 000 letters %s', (_, of) => {
    expect(refusalOf(of('a'.repeat(20_000)))?.message.length).toBeLessThan(300);
  });

  it('is well-formed as it leaves, and has no DTD, whatever was let through', () => {
    const piece = fc.constantFrom(
      '<Bxml>',
      '</Bxml>',
      '<Bxml/>',
      '<a b="c">',
      '</a>',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      '<!DOCTYPE a>',
      '&amp;',
      '&x;',
      'é',
      '\ud83d',
      '\ude00',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), fc.boolean(), (pieces, isWrapped) => {
        const bxml = isWrapped ? `<Bxml>${pieces.join('')}</Bxml>` : pieces.join('');
        const faults: string[] = [];
        const parser = new SaxesParser();
        parser.on('error', ({ message }) => faults.push(message));
        parser.on('doctype', (text) => faults.push(text));
        parser.write(Buffer.from(bxml).toString()).close();
        if (refusalOf(bxml) === undefined) expect(faults).toEqual([]);
        else expect(faults.length > 0 || !/^<Bxml/.test(bxml) || /\p{Surrogate}/u.test(bxml)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('has its first fault named by line and column, wherever that is put in and whatever stands behind', () => {
    const sound = fc.constantFrom(
      'text',
      'é😀',
      '\n',
      '\r\n',
      '&amp;',
      '&#233;',
      '<Foo/>',
      '<Foo a="&lt;" b=\'"\'/>',
      '<Foo>text\n</Foo>',
      '<!-- & < -->',
      '<![CDATA[ & < ]]>',
      '<?a & <?>',
    );
    const unsound = fc.constantFrom(
      '& ',
      '&x ',
      '&nbsp;',
      '&#0;',
      '< ',
      '\u0001',
      '\ud800 ',
      ']]>',
      '</Foo>',
      '<!DOCTYPE a>',
    );
    const unended = fc.constantFrom('<Foo a="', '<!-- a', '<![CDATA[', '<?a ');
    const around = fc.array(sound, { maxLength: 6 }).map((pieces) => pieces.join(''));
    const tail = fc.oneof(
      fc.tuple(unsound, around, fc.option(unsound, { nil: '' })).map((pieces) => pieces.join('')),
      unended,
    );
    fc.assert(
      fc.property(around, tail, (before, behind) => {
        const head = `<Bxml>${before}`;
        const lines = head.split(/\r\n|\n/);
        const refusal = refusalOf(`${head}${behind}</Bxml>`);
        const column = [...(lines.at(-1) ?? '')].length + 1;
        expect(refusal?.message).toContain(`(line ${lines.length}, column ${column}).`);
      }),
      { numRuns: 2000 },
    );
  });
});
