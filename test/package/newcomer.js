import { createServer } from 'node:http';
import { createCallsApi } from 'calls-graphql';

const api = await createCallsApi({ sandbox: true });
const server = createServer(api.listener).listen(0, async () => {
  const url = `http://127.0.0.1:${server.address().port}/graphql`;
  const body = JSON.stringify({ query: '{ calls(first: 2) { nodes { id status } } }' });
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body });
  console.log(await response.text());
  process.exit();
});
