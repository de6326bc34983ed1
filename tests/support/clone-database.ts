import { randomUUID } from 'node:crypto';
import pg from 'pg';

const withDatabase = (url: string, name: string): string => {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.toString();
};

export interface ClonedDatabase {
  name: string;
  appUrl: string;
  ownerUrl: string;
  superuserUrl: string;
  drop: () => Promise<void>;
}

/** A database of its own, cloned from the migrated template unless another is named. */
export const cloneDatabase = async (template = process.env['TEST_TEMPLATE']!): Promise<ClonedDatabase> => {
  const name = `t_${randomUUID().replaceAll('-', '').slice(0, 20)}`;
  const admin = async (text: string): Promise<void> => {
    const client = new pg.Client({ connectionString: process.env['TEST_SUPERUSER_URL']! });
    await client.connect();
    try {
      await client.query(text);
    } finally {
      await client.end();
    }
  };
  const owner = decodeURIComponent(new URL(process.env['TEST_OWNER_URL']!).username);
  await admin(`create database ${name} template ${template} owner ${owner}`);
  return {
    name,
    appUrl: withDatabase(process.env['TEST_APP_URL']!, name),
    ownerUrl: withDatabase(process.env['TEST_OWNER_URL']!, name),
    superuserUrl: withDatabase(process.env['TEST_SUPERUSER_URL']!, name),
    drop: () => admin(`drop database if exists ${name} with (force)`),
  };
};
