import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { HealthService } from '../../server/http/health.service.js';
import { expectProblem } from '../support/harness.js';
import { type OwnApi, startOwnApi } from '../support/own-server.js';

let api: OwnApi;
beforeAll(async () => {
  api = await startOwnApi();
});
afterAll(() => api.stop());

const anonymous = () => api.as('anonymous');

describe('Health', () => {
  it('is outside of the base path and for everybody', async () => {
    for (const path of ['/health/live', '/health/ready']) {
      const reply = await anonymous().get(path);
      expect(reply.status).toBe(200);
      expect(reply.body).toEqual({ status: 'ok' });
      expect(reply.headers.get('cache-control')).toBe('no-store');
      expectProblem(await anonymous().get(`/api/v1${path}`), 404, 'not-found');
    }
  });

  it('is not ready while a migration is missing, is alive all the same, and asks the database once a second at most', async () => {
    await anonymous().get('/health/ready');
    await api.sql(`update migrations set name = 'Away' || name where id = (select max(id) from migrations)`);
    expect((await anonymous().get('/health/ready')).status).toBe(200); // the answer of less than a second ago
    await sleep(1_100);
    const reply = await anonymous().get('/health/ready');
    expectProblem(reply, 503, 'dependency-unavailable');
    expect(reply.headers.get('retry-after')).toBe('2');
    expect((await anonymous().get('/health/live')).status).toBe(200);
    await api.sql(`update migrations set name = substr(name, 5) where name like 'Away%'`);
    await sleep(1_100);
    expect((await anonymous().get('/health/ready')).status).toBe(200);
  });

  it('is not ready while the database is away', async () => {
    const other = await startOwnApi({ bare: true });
    try {
      await other.source.destroy();
      const reply = await other.as('anonymous').get('/health/ready');
      expectProblem(reply, 503, 'dependency-unavailable');
      expect((await other.as('anonymous').get('/health/live')).status).toBe(200);
    } finally {
      await other.stop();
    }
  });

  it('is not ready once the process is about to stop', async () => {
    const other = await startOwnApi({ bare: true });
    try {
      other.app.nest.get(HealthService).drain();
      expectProblem(await other.as('anonymous').get('/health/ready'), 503, 'dependency-unavailable');
      expect((await other.as('admin').get('/settings')).status).toBe(200);
    } finally {
      await other.stop();
    }
  });
});

describe('Figures for monitoring', () => {
  it('come in the text format of Prometheus, by route and never by record', async () => {
    await api.as('admin').get('/users/no-such-person@tests.example');
    await api.as('nobody').get('/users');
    await anonymous().get('/nowhere-at-all');
    const reply = await anonymous().get('/prometheus');
    expect(reply.status).toBe(200);
    expect(reply.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    for (const line of reply.text.trim().split('\n'))
      expect(line).toMatch(/^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{([a-z]+="[^"\\\n]*",?)+\})? [\d.e+-]+)$/);
    expect(reply.text).toContain('http_requests_total{method="GET",route="/api/v1/users/:ref",status="404"} 1');
    expect(reply.text).toContain('http_requests_total{method="GET",route="/api/v1/users",status="403"} 1');
    expect(reply.text).toMatch(
      /http_request_duration_seconds_bucket\{method="GET",route="\/api\/v1\/users",le="\+Inf"\} 1/,
    );
    for (const name of [
      'process_resident_memory_bytes',
      'nodejs_eventloop_delay_seconds',
      'database_pool_connections',
      'database_pool_waiting',
    ])
      expect(reply.text).toMatch(new RegExp(`^${name}[{ ]`, 'm'));
    expect(reply.text).not.toMatch(/no-such-person|nowhere|tests\.example|postgres:/);
  });
});
