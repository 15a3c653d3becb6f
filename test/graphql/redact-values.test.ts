import { buildSchema, getVariableValues, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { redactValues } from '../../src/graphql/redact-values.ts';

const schema = buildSchema(`
  enum Method { GET POST }
  input Credentials { username: String!, password: String!, method: Method, port: Int, ratio: Float, id: ID, safe: Boolean }
  input Change @oneOf { a: String, b: String }
  type Query { field(credentials: Credentials, list: [Credentials!], url: String, change: Change): Int }
`);
const secret = 'canary';

/** What is said of these variables, with the values and without. */
function saidOf(type: string, value: unknown): string[] {
  const document = parse(`query ($v: ${type}) { field }`);
  const [operation] = document.definitions;
  const nodes = operation?.kind === 'OperationDefinition' ? (operation.variableDefinitions ?? []) : [];
  const { errors = [] } = getVariableValues(schema, nodes, { v: value });
  expect(errors.length).toBeGreaterThan(0);
  return errors.map(({ message, originalError }) => redactValues(message, originalError?.message));
}

/** The same of a document. */
function saidOfDocument(text: string): string[] {
  try {
    return validate(schema, parse(text)).map(({ message }) => redactValues(message, undefined));
  } catch (error) {
    return [redactValues((error as Error).message, undefined)];
  }
}

describe('what is wrong with a variable', () => {
  const bad: [name: string, type: string, value: unknown, said: string][] = [
    [
      'a member too many',
      'Credentials',
      { username: 'u', password: secret, somethingElse: 1 },
      'Variable "$v" got invalid value; Field "somethingElse" is not defined by type "Credentials".',
    ],
    [
      'a member too few, in a list',
      '[Credentials!]',
      [{ password: secret }],
      'Variable "$v" got invalid value at "v[0]"; Field "username" of required type "String!" was not provided.',
    ],
    [
      'a number for a text',
      'Credentials',
      { username: 'u', password: 12345678 },
      'Variable "$v" got invalid value at "v.password"; String cannot represent a non string value.',
    ],
    [
      'a word that is none of an enum',
      'Credentials',
      { username: 'u', password: 'p', method: secret },
      'Variable "$v" got invalid value at "v.method"; The value does not exist in "Method" enum.',
    ],
    [
      'a number for an enum',
      'Credentials',
      { username: 'u', password: 'p', method: 12345678 },
      'Variable "$v" got invalid value at "v.method"; Enum "Method" cannot represent non-string value.',
    ],
    [
      'a text that looks like the end of the message',
      'Credentials',
      `${secret} at "v.x"; Field`,
      'Variable "$v" got invalid value; Expected type "Credentials" to be an object.',
    ],
    [
      'two of one',
      'Change',
      { a: secret, b: secret },
      'Variable "$v" got invalid value; Exactly one key must be specified for OneOf type "Change".',
    ],
  ];

  it.each(bad)('is said without it: %s', (_, type, value, said) => {
    expect(saidOf(type, value)).toEqual([said]);
  });

  it.each(['port', 'ratio', 'id', 'safe'])('is said without it, whatever its type: %s', (name) => {
    const [said] = saidOf('Credentials', { username: 'u', password: 'p', [name]: [secret, 12345678] });
    expect(said).toContain(`at "v.${name}"; `);
    expect(said).not.toMatch(/canary|12345678/);
  });

  it('is left unsaid where the reason cannot be told from the value', () => {
    const message = `Variable "$v" got invalid value "${secret}"; It is wrong.`;
    expect(redactValues(message, undefined)).toBe('Variable "$v" got invalid value.');
    expect(redactValues(message, 'Something else.')).toBe('Variable "$v" got invalid value.');
  });
});

describe('what is wrong with a document', () => {
  it.each([
    ['a text for an object', `{ field(credentials: "${secret}") }`],
    ['a list for a text', `{ field(url: ["${secret}", "12345678"]) }`],
    ['an object for a text', `{ field(url: { password: "${secret}" }) }`],
    ['a number for a text', '{ field(url: 12345678) }'],
    ['a text for an enum', `{ field(credentials: { username: "u", password: "p", method: "${secret}" }) }`],
    ['a word for an enum', `{ field(credentials: { username: "u", password: "p", method: ${secret} }) }`],
    ['a text for a number', `{ field(credentials: { username: "u", password: "p", port: "${secret}" }) }`],
    [
      'a number too large',
      '{ field(credentials: { username: "u", password: "p", port: 1234567812345678 }) }',
    ],
    ['a text where there is none', `{ field "${secret}" }`],
    ['a text of lines where there is none', `{ field """${secret}""" }`],
    ['a text where a name belongs', `{ field("${secret}": 1) }`],
    ['a number where a name belongs', '{ field(12345678: 1) }'],
    ['a broken number', '{ field 123.45678 }'],
  ])('is said without it: %s', (_, text) => {
    const said = saidOfDocument(text);
    expect(said.length).toBeGreaterThan(0);
    expect(said.join()).not.toMatch(/canary|12345678|45678/);
  });

  it.each(['{ nothing }', '{ field(', '{ field(more: 1) }', 'query ($a: Int) { field }'])(
    'is said in full where no value is in it: %s',
    (text) => {
      let told: string;
      try {
        told = validate(schema, parse(text))
          .map(({ message }) => message)
          .join();
      } catch (error) {
        told = (error as Error).message;
      }
      expect(saidOfDocument(text).join()).toBe(told);
    },
  );
});
