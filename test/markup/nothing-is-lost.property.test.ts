import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkBxml } from '../../src/markup/check-bxml.ts';
import type { CallbackReference } from '../../src/markup/rcml/options.ts';
import { toRcml } from '../../src/markup/to-rcml.ts';
import { runs } from '../support/runs.ts';
import { type Made, someVerbs } from './some-bxml.ts';

/** A generated element, and the line that its tag is on. */
interface Placed extends Made {
  readonly line: number;
}

/** Writes each tag and each text on a line of its own, so that the line of a finding tells what it is about. */
function print(verbs: readonly Made[]): {
  bxml: string;
  elements: Placed[];
  texts: { text: string; line: number }[];
} {
  const lines = ['<Bxml>'];
  const elements: Placed[] = [];
  const texts: { text: string; line: number }[] = [];
  const write = (made: Made): void => {
    const attributes = Object.entries(made.attributes).map(([name, value]) => ` ${name}="${value}"`);
    elements.push({ ...made, line: lines.push(`<${made.name}${attributes.join('')}>`) });
    for (const each of made.content) {
      if (typeof each === 'string') texts.push({ text: each, line: lines.push(each) });
      else write(each);
    }
    lines.push(`</${made.name}>`);
  };
  verbs.forEach(write);
  return { bxml: `${lines.join('\n')}\n</Bxml>`, elements, texts };
}

/** All that Restcomm and this server are given, the rest of the document included, as one text. */
function runOf(bxml: string): string {
  const references: CallbackReference[] = [];
  const rest: string[] = [];
  const { document } = toRcml(bxml, {
    silenceUrl: 'https://us.example/silence.wav',
    toCallbackUrl: (reference) => `https://us.example/${references.push(reference)}`,
    toContinuationUrl: (each) => `https://us.example/documents/${rest.push(each)}`,
    toMediaUrl: (reference) => JSON.stringify(reference),
  });
  return [document, JSON.stringify(references), ...rest.map(runOf)].join('\n');
}

/** How the output shows an attribute whose value alone does not tell it. */
const shown: Readonly<Record<string, (value: string) => string>> = {
  'Pause.duration': (value) => `<Pause length="${value}"`,
  'Ring.duration': (value) => `<Pause length="${value}"`,
  'Gather.terminatingDigits': (value) => `finishOnKey="${value}"`,
  'Gather.maxDigits': (value) => `numDigits="${value}"`,
  'Gather.interDigitTimeout': (value) => `timeout="${value}" finishOnKey`,
  'Gather.firstDigitTimeout': (value) => `timeout="${value}" finishOnKey`,
  'Record.terminatingDigits': (value) => `finishOnKey="${value || '-1'}" maxLength`,
  'Record.maxDuration': (value) => `maxLength="${value}"`,
  'Transfer.callTimeout': (value) => `timeout="${value}" timeLimit`,
  'Forward.callTimeout': (value) => `timeout="${value}" timeLimit`,
  'Conference.mute': (value) => `muted="${value}"`,
  'SpeakSentence.gender': (value) => `voice="${value === 'male' ? 'man' : 'woman'}"`,
  'SpeakSentence.locale': (value) => `language="${value.slice(0, 2)}"`,
};

/** What Bandwidth does by itself, and Restcomm as well: leaving it out changes nothing. */
const defaults = new Set([
  'profanityFilter=true',
  'fileFormat=wav',
  'privacy=false',
  'hold=false',
  'answerCall=true',
]);
/** Elements that are written once each, by what they become. */
const written = { Pause: 'Pause', Ring: 'Pause', Gather: 'Gather', Record: 'Record', Hangup: 'Hangup' };

describe('what Restcomm is given for a document', () => {
  it('holds each verb, attribute and text of it, or a finding tells of it at its place', () => {
    fc.assert(
      fc.property(someVerbs, (verbs) => {
        const { bxml, elements, texts } = print(verbs);
        const { document, findings } = toRcml(bxml, {
          silenceUrl: 'https://us.example/silence.wav',
          toCallbackUrl: () => 'https://us.example/',
          toContinuationUrl: () => 'https://us.example/',
          toMediaUrl: () => 'https://us.example/a.wav',
        });
        if (document === undefined) {
          expect(findings.some(({ level }) => level === 'ERROR')).toBe(true);
          return;
        }
        const output = runOf(bxml);
        const all = [...findings, ...checkBxml(bxml)];
        const end = all.find(({ rule }) => rule === 'unreachable')?.line ?? Number.POSITIVE_INFINITY;
        const isTold = (line: number, name: string) =>
          line >= end || all.some((each) => each.line === line && each.message.startsWith(`\`${name}\` of`));
        const isToldWhole = (line: number) =>
          line >= end || all.some((each) => each.line === line && !each.message.startsWith('`'));
        const silent = [
          ...elements.flatMap(({ name, attributes, line }) =>
            Object.entries(attributes)
              .filter(
                ([key, value]) =>
                  !isShown(`${name}.${key}`, value) && ![key, name].some((each) => isTold(line, each)),
              )
              .filter(([key]) => !isFollower(attributes, key, (url) => isTold(line, url)))
              .map(([key]) => `${name}.${key}`),
          ),
          ...texts.filter(
            ({ text, line }) => !output.includes(text) && !isToldWhole(line) && !isToldWhole(line - 1),
          ),
          ...Object.entries(written).filter(
            ([name, becomes]) =>
              elements.filter((each) => each.name === name && each.line < end).length >
              output.split(`<${becomes}`).length - 1,
          ),
        ];
        expect(silent).toEqual([]);

        function isShown(key: string, value: string): boolean {
          if (defaults.has(`${key.split('.')[1]}=${value}`)) return true;
          if (/Method$/.test(key)) return value === 'POST' || output.includes('ethod":"GET"');
          if (key === 'Gather.repeatCount') return true;
          if (key === 'Record.silenceTimeout') return false;
          return output.includes(shown[key]?.(value) ?? value);
        }
      }),
      { numRuns: runs(250) },
    );
  });
});

/** Methods, credentials and fallbacks go with the address of their verb: what is told of it is told of them. */
function isFollower(
  attributes: Readonly<Record<string, string>>,
  name: string,
  isTold: (url: string) => boolean,
): boolean {
  const urls = Object.keys(attributes).filter((each) => each.endsWith('Url'));
  const belongs = /^(?:username|password|fallbackUsername|fallbackPassword)$|Fallback|Method$/.test(name);
  return belongs && urls.some(isTold);
}
