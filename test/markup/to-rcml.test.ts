import { describe, expect, it } from 'vitest';
import type { CallbackReference } from '../../src/markup/rcml/options.ts';
import { toRcml } from '../../src/markup/to-rcml.ts';

describe('a translation', () => {
  it('speaks, waits, redirects by way of this server and hangs up', () => {
    const asked: CallbackReference[] = [];
    const bxml =
      '<Bxml><SpeakSentence>Good &amp; well</SpeakSentence><Pause duration="2"/><Redirect redirectUrl="https://app.example/next"/></Bxml>';
    const { document } = toRcml(bxml, {
      toCallbackUrl: (reference) => `https://us.example/callbacks/${asked.push(reference)}`,
      toContinuationUrl: () => 'https://us.example/documents/1',
    });
    expect(document).toContain('<Say voice="woman" language="en">Good &amp; well</Say>');
    expect(document).toContain('<Pause length="2"/>');
    expect(document).toContain('<Redirect method="POST">https://us.example/callbacks/1</Redirect>');
    expect(asked).toMatchObject([{ verb: 'Redirect', url: 'https://app.example/next', method: 'POST' }]);
  });
});
