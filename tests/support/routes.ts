import type { Api, Person } from './harness.js';

/** Every address of the product, for tests that go through all of them on the golden tables. */
export interface Route {
  name: string;
  path: (ids: RouteIds) => string;
  person: Person;
}

/** Ids that only the database knows. */
export interface RouteIds {
  link: string;
  import: string;
}

/** The last quarter of the golden tables. */
export const PERIOD = '2026-Q4';

const REGISTERS = ['investments', 'initiatives', 'capabilities', 'outcomes', 'benefits', 'links'] as const;

const route = (name: string, path: string | ((ids: RouteIds) => string)): Route => ({
  name,
  person: 'admin',
  path: (ids) => {
    const address = typeof path === 'string' ? path : path(ids);
    return `${address}${address.includes('?') ? '&' : '?'}period=${PERIOD}`;
  },
});

export const ROUTES: readonly Route[] = [
  route('overview', '/'),
  route('trace of a number', '/?trace=realised'),
  route('chain', '/chain'),
  route('chain of a record', '/chain/investment/INV-1'),
  ...REGISTERS.map((path) => route(path, `/${path}`)),
  route('record', '/benefits/BEN-1'),
  route('link', ({ link }) => `/links/${link}`),
  route('form to change a record', '/benefits/BEN-1/edit'),
  route('form for a new record', '/investments/new'),
  route('form for a new link', '/links/new'),
  route('records behind a number', '/records?of=realised'),
  route('stakeholders', '/stakeholders'),
  route('survey rounds', '/stakeholders/surveys'),
  route('scenarios', '/scenarios'),
  route('what-if', '/scenarios/new?changes=stop:investment:INV-2:2027-01'),
  route('actions', '/actions'),
  route('reviews', '/reviews'),
  route('audit', '/audit'),
  route('due', '/reminders'),
  route('settings', '/settings'),
  route('import', '/import'),
  route('import history', '/import/history'),
  route('import report', ({ import: id }) => `/import/${id}`),
  route('export', '/export'),
  { name: 'sign-in', path: () => '/sign-in', person: 'anonymous' },
];

/** @param api with the golden tables */
export const routeIds = async (api: Api): Promise<RouteIds> => {
  const admin = api.as('admin');
  const [links, imports] = await Promise.all([admin.get('/links?limit=1'), admin.get('/imports')]);
  return { link: links.body.items[0].id, import: imports.body.items[0].id };
};
