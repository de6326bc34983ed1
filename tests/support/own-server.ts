import 'reflect-metadata';
import { resolve } from 'node:path';
import type { DataSource } from 'typeorm';
import { createApp, type App } from '../../server/app.js';
import { readConfig, type Config } from '../../server/config.js';
import { RECORD_ENTITIES } from '../../server/database/columns.js';
import { createDataSource } from '../../server/database/data-source.js';
import { createLogger } from '../../server/http/logger.js';
import { apiAt, prepared, type Api, type ApiOptions } from './harness.js';

/** With the insides of its server, which runs in the test file's own process. */
export interface OwnApi extends Api {
  app: App;
  source: DataSource;
  config: Config;
}

export interface OwnApiOptions extends ApiOptions {
  /** Set for tests that read the log. */
  logLevel?: string;
}

/** As `startApi`, for the few tests that reach into the server: it is read and compiled for this file alone, which takes some seconds. */
export const startOwnApi = async (options: OwnApiOptions = {}): Promise<OwnApi> => {
  const place = await prepared(options);
  const config = readConfig(place.env);
  const source = createDataSource({ url: place.env['DATABASE_URL']! }, [...RECORD_ENTITIES], 'serving');
  source.setOptions({ extra: { ...(source.options as { extra?: object }).extra, connectionTimeoutMillis: 15_000 } });
  await source.initialize();
  const logger = createLogger(options.logLevel ?? 'silent');
  const app = await createApp({ config, source, clock: place.clock, logger }, resolve('dist/client'));
  await new Promise<void>((done) => app.server.listen(0, '127.0.0.1', done));
  const { port } = app.server.address() as { port: number };
  const api = apiAt(`http://127.0.0.1:${port}`, place, options, async () => {
    app.server.closeAllConnections();
    await app.nest.close();
    await new Promise<void>((done) => app.server.close(() => done()));
    if (source.isInitialized) await source.destroy();
  });
  return { ...api, app, source, config };
};
