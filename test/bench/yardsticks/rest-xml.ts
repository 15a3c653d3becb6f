import { SaxesParser } from 'saxes';
import type { Wire } from './rest-calls.ts';

/** The calls of a Restcomm list in XML, under the names of its JSON. */
export function parseCalls(text: string): Wire[] {
  const calls: Record<string, string>[] = [];
  const names = new Map<string, string>();
  let call: Record<string, string> = {};
  let value = '';
  const parser = new SaxesParser({ xmlns: false });
  parser.on('opentag', ({ name }) => {
    value = '';
    if (name === 'Call') call = {};
  });
  parser.on('text', (piece) => {
    value += piece;
  });
  parser.on('closetag', ({ name }) => {
    if (name === 'Call') calls.push(call);
    else if (value !== '') call[toSnakeCase(names, name)] = value;
    value = '';
  });
  parser.write(text).close();
  return calls;
}

function toSnakeCase(names: Map<string, string>, name: string): string {
  const known = names.get(name);
  if (known !== undefined) return known;
  const made = name
    .replace(/(?<=[a-z])(?=[A-Z])/g, '_')
    .replace('__', '_')
    .toLowerCase();
  names.set(name, made);
  return made;
}
