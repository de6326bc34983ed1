import type { EntityManager } from 'typeorm';
import { named } from '../database/named.js';

/**
 * SQL for what somebody is called whose address a column holds; the address where there is no account of it.
 * @param column with its alias
 */
export const personOf = (column: string): string =>
  `coalesce((select u.name from users u where u.email = lower(${column}) and btrim(u.name) <> ''), ${column})`;

/** What people are called, as reviews print it. */
export class People {
  /** @param names by address, in small letters */
  constructor(private readonly names: ReadonlyMap<string, string>) {}

  static async of(manager: EntityManager): Promise<People> {
    const rows = await named<{ email: string; name: string }>(
      manager,
      'names of people in reviews',
      `select lower(email) as email, name from users where btrim(name) <> ''`,
    );
    return new People(new Map(rows.map(({ email, name }) => [email, name])));
  }

  /** The name of whoever owns something; the address where nobody is known by it, or whatever else was written. */
  owner(owner: string | null): string {
    return owner === null ? 'No owner' : (this.names.get(owner.trim().toLowerCase()) ?? owner);
  }
}
