import { expect, test } from 'vitest';
import { readConfig, StartFailure } from './config.ts';

test('without settings the server listens on this machine only, at 10090', () => {
  expect(readConfig({})).toMatchObject({ host: '127.0.0.1', port: 10_090, databaseUrl: null, trustProxy: false });
});

test('an empty variable counts as absent, as compose files leave it', () => {
  expect(readConfig({ DATABASE_URL: '', PORT: '' })).toMatchObject({ databaseUrl: null, port: 10_090 });
});

test.each([
  ['PORT', '70000'],
  ['DATABASE_URL', 'mysql://a@b/c'],
  ['PUBLIC_URL', 'ftp://a'],
  ['METRICS_TOKEN', 'short'],
  ['TRUST_PROXY', 'perhaps'],
])('a bad %s is named in one sentence', (name, value) => {
  expect(() => readConfig({ [name]: value })).toThrow(StartFailure);
  expect(() => readConfig({ [name]: value })).toThrow(new RegExp(`^The setting ${name} cannot be used: `));
});

test('the public address is taken without path, so that it equals an Origin', () => {
  expect(readConfig({ PUBLIC_URL: 'https://agency.example/app/' }).publicUrl).toBe('https://agency.example');
});
