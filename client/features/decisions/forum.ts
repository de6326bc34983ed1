import type { Typed } from '../proof/proof-form';

/** A forum as a form shows it and as it is sent: kinds that it decides stand in one text, parted by commas. */

const text = (value: unknown): string => (value === null || value === undefined ? '' : String(value));

/** What the fields show of a forum; blank for a new one. */
export const typedOf = (forum: Readonly<Record<string, unknown>> | null): Typed => {
  const decides = forum?.['decides'];
  return {
    ...(forum === null && { code: '' }),
    name: text(forum?.['name']),
    level: text(forum?.['level']),
    decides: Array.isArray(decides) ? decides.join(',') : '',
    scope: text(forum?.['scope']),
  };
};

/** Blank fields are not stated. */
export const forumBody = (typed: Typed): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(typed).map(([name, value]) => {
      const said = value.trim();
      if (said === '') return [name, null];
      return [name, name === 'level' ? Number(said) : name === 'decides' ? said.split(',') : said];
    }),
  );
