import { closeSync, openSync, readSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

/**
 * `node server-host.mjs <file>`: one process that hosts the servers of many test files, one after the other and side by side, over `dist`.
 * Jest gives each test file modules of its own; the server would be read, compiled and warmed up for each of them, which took a fifth of a whole
 * run. The servers share nothing but the code: each has its own database, application and clock.
 *
 * It writes its port into the file, and ends when the run that started it (TEST_RUN_PID) has ended.
 * - `POST /prepared` makes the administrator, and people where some are given
 * - `POST /apps` starts a server; answers `{ id, origin }`
 * - `DELETE /apps/:id` stops it
 */

const server = (path) => import(new URL(`../../dist/server/${path}`, import.meta.url));
const [{ createApp }, { Passwords }, { ensureFirstRun }, { readConfig }, { createDataSource }, { RECORD_ENTITIES }] =
  await Promise.all([
    server('app.js'),
    server('access/passwords.js'),
    server('access/first-administrator.js'),
    server('config.js'),
    server('database/data-source.js'),
    server('database/columns.js'),
  ]);
const { createLogger } = await server('http/logger.js');
const { ExampleLoading } = await server('example/loading.service.js');
const CLIENT = fileURLToPath(new URL('../../dist/client', import.meta.url));

/** The time that the test file writes: it may move it between two requests, and the next must see it. */
class WrittenClock {
  #file;
  #text = Buffer.alloc(24);
  constructor(path) {
    this.#file = openSync(path, 'r');
  }
  now() {
    readSync(this.#file, this.#text, 0, 24, 0);
    return new Date(this.#text.toString('latin1'));
  }
  close() {
    closeSync(this.#file);
  }
}

const connected = async (url) => {
  const source = createDataSource({ url }, [...RECORD_ENTITIES], 'serving');
  // Two seconds are enough for people, and the product keeps to them; beside other tests a page of twenty questions may wait longer.
  source.setOptions({ extra: { ...source.options.extra, connectionTimeoutMillis: 15_000 } });
  return source.initialize();
};

const prepare = async ({ env, clock: path, superuserUrl, people, password }) => {
  const clock = new WrittenClock(path);
  const source = await connected(env.DATABASE_URL);
  try {
    await ensureFirstRun(source, readConfig(env), clock);
  } finally {
    clock.close();
    await source.destroy();
  }
  if (people.length > 0) await addPeople(superuserUrl, people, password);
  return {};
};

const addPeople = async (superuserUrl, people, password) => {
  const superuser = new pg.Client({ connectionString: superuserUrl });
  await superuser.connect();
  const sql = (text, values) => superuser.query(text, values);
  try {
    await sql(`insert into portfolios (code, name) values ('DIG', 'Digital'), ('CORE', 'Core systems')`);
    await sql(`insert into org_units (code, name) values ('ENT', 'Enterprise')`);
    await sql(
      `insert into org_units (code, name, parent_id) select code, 'Unit ' || code, (select id from org_units where code = 'ENT')
       from unnest(array['BU1', 'BU2', 'BU3', 'BU4']) code`,
    );
    const hash = await new Passwords().hash(password);
    for (const { email, name, grants } of people) {
      const user = 'insert into users (email, name, password_hash) values ($1, $2, $3) returning id';
      const { rows } = await sql(user, [email, name, hash]);
      for (const { role, portfolio = null, unit = null } of grants)
        await sql(
          `insert into user_roles (user_id, role, portfolio_id, org_unit_id)
           values ($1, $2, (select id from portfolios where code = $3), (select id from org_units where code = $4))`,
          [rows[0].id, role, portfolio, unit],
        );
    }
  } finally {
    await superuser.end();
  }
};

const apps = new Map();
let started = 0;

const start = async ({ env, clock: path, example }) => {
  const clock = new WrittenClock(path);
  const source = await connected(env.DATABASE_URL);
  const logger = createLogger('silent');
  const app = await createApp({ config: readConfig(env), source, clock, logger }, CLIENT);
  if (example) {
    const failure = await app.nest.get(ExampleLoading).load();
    if (failure !== null) throw new Error(failure);
  }
  await new Promise((done) => app.server.listen(0, '127.0.0.1', done));
  const id = String((started += 1));
  apps.set(id, { app, source, clock });
  return { id, origin: `http://127.0.0.1:${app.server.address().port}` };
};

const stop = async (id) => {
  const { app, source, clock } = apps.get(id);
  apps.delete(id);
  app.server.closeAllConnections();
  await app.nest.close();
  await new Promise((done) => app.server.close(() => done()));
  if (source.isInitialized) await source.destroy();
  clock.close();
  return {};
};

const read = async (request) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  return parts.length === 0 ? {} : JSON.parse(Buffer.concat(parts).toString('utf8'));
};

const control = createServer(async (request, response) => {
  const answer = (status, body) => response.writeHead(status).end(JSON.stringify(body));
  try {
    const asked = await read(request);
    if (request.method === 'DELETE') answer(200, await stop(request.url.split('/').at(-1)));
    else answer(200, await (request.url === '/prepared' ? prepare : start)(asked));
  } catch (error) {
    answer(500, { error: error.stack ?? String(error) });
  }
});

control.listen(0, '127.0.0.1', () => {
  const file = process.argv[2];
  // Under another name first: who waits for the file shall find all of it.
  writeFileSync(`${file}.part`, JSON.stringify({ pid: process.pid, port: control.address().port }));
  renameSync(`${file}.part`, file);
});

const run = Number(process.env.TEST_RUN_PID);
setInterval(() => {
  try {
    process.kill(run, 0);
  } catch {
    process.exit(0);
  }
}, 1000);
