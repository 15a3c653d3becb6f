import { isDeepStrictEqual } from 'node:util';
import { ask, failed } from './load.ts';
import type { Running } from './servers.ts';
import type { Work } from './works.ts';

/** Nothing is measured of servers that do not do the same work. The pass-through maps nothing. */
export async function checkSame(running: readonly Running[], work: Work): Promise<void> {
  const asked = running.filter(({ name }) => name !== 'pass-through');
  // A call may start in the middle of this.
  const difference = (await differenceAt(asked, work)) && (await differenceAt(asked, work));
  if (difference !== undefined) throw new Error(difference);
}

async function differenceAt(running: readonly Running[], work: Work): Promise<string | undefined> {
  const answers = await Promise.all(running.map((server) => answerOf(server, work)));
  const at = answers.findIndex((answer) => !isDeepStrictEqual(answer, answers[0]));
  if (at < 0) return undefined;
  const shown = [answers[0], answers[at]].map((answer) => JSON.stringify(answer).slice(0, 2_000));
  return `at ${work.name}, ${running[0]?.name} and ${running[at]?.name} differ:\n${shown.join('\n')}`;
}

/** All that is answered to one client; of a walk, the calls in one order, whichever way it went. */
async function answerOf({ origin, speaksGraphQL, name }: Running, work: Work): Promise<unknown> {
  const own = new Set(work.own);
  const read = async (text: Promise<string>): Promise<string> => {
    if (!failed.test(await text)) return text;
    throw new Error(`${name} fails at ${work.name}: ${(await text).slice(0, 400)}`);
  };
  // More than once, so that compilers have come into play.
  for (let times = 0; times < 3; times += 1) await ask(origin, clientOf().next());
  const { next, hear } = clientOf();
  const parse = (text: string) => JSON.parse(text, (key, value) => (own.has(key) ? undefined : value));
  let text = await read(ask(origin, next()));
  if (hear === undefined) return parse(text);
  const nodes: { id: string }[] = parse(text).data.calls.nodes;
  while (hear(text)) {
    text = await read(ask(origin, next()));
    nodes.push(...parse(text).data.calls.nodes);
  }
  return nodes.sort((a, b) => (a.id < b.id ? -1 : 1));

  function clientOf() {
    return speaksGraphQL ? work.graphql(0) : work.rest(0);
  }
}
