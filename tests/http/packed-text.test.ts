import express from 'express';
import request from 'supertest';
import { expect, test } from 'vitest';
import { isPassword } from '../../src/access/passwords.ts';
import { packText, sendText } from '../../src/http/kept-answers.ts';

const serving = async (json: string): Promise<express.Express> => {
  const kept = await packText(Promise.resolve(json));
  const app = express();
  app.get('/', (_request, response) => sendText(response, kept));
  return app;
};

test('an answer goes out packed to who takes it so and plain to others, with the same content', async () => {
  const json = JSON.stringify({ weeks: Array.from({ length: 900 }, (_, i) => `接通率 ${i}`) });
  const app = await serving(json);
  const packed = await request(app).get('/').set('Accept-Encoding', 'gzip, br');
  const plain = await request(app).get('/').set('Accept-Encoding', 'identity');
  expect([packed.headers['content-encoding'], plain.headers['content-encoding']]).toEqual([
    'gzip',
    undefined,
  ]);
  expect(Number(packed.headers['content-length'])).toBeLessThan(Number(plain.headers['content-length']) / 2);
  expect([packed.text, plain.text]).toEqual([json, json]);
  expect(packed.headers['vary']).toBe('Accept-Encoding');
});

test('a short answer is not worth packing', async () => {
  const answer = await request(await serving('{"ok":true}'))
    .get('/')
    .set('Accept-Encoding', 'gzip');
  expect([answer.headers['content-encoding'], answer.text]).toEqual([undefined, '{"ok":true}']);
});

test('a password does not wait for all that is being packed', async () => {
  const json = JSON.stringify(Array.from({ length: 60_000 }, (_, i) => Math.sin(i)));
  let packed = 0;
  const all = Array.from({ length: 16 }, async () => {
    await packText(Promise.resolve(json));
    packed += 1;
  });
  await new Promise((resolve) => setImmediate(resolve));
  await isPassword('a password', null);
  expect(packed).toBeLessThan(8);
  await Promise.all(all);
});
