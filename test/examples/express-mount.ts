import express from 'express';
import { createCallsApi } from '../../src/index.ts';

/** A backend on Express, with calls at /calls. The order does not matter: a body that was parsed before is taken. */
export async function createBackend() {
  const app = express();
  const calls = await createCallsApi({ sandbox: true, logger: console });
  app.use('/calls', calls.listener);
  app.use(express.json());
  app.get('/hello', (_, response) => void response.json({ hello: 'world' }));
  return { app, calls };
}
