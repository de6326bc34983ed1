import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
  retainSearchParams,
} from '@tanstack/react-router';
import { sessionQuery, settingsQuery } from '../features/access/api';
import { SignInPage } from '../features/access/sign-in-page';
import { parseSearch, readPageSearch, stringifySearch, type PageSearch } from '../lib/address';
import { ApiError } from '../lib/http';
import { NotFound, PageError } from './fallbacks';

/** Every address of the product, and the page it shows. */

const root = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  notFoundComponent: NotFound,
  errorComponent: PageError,
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { return?: string } =>
    typeof search['return'] === 'string' ? { return: search['return'] } : {},
  component: SignInPage,
});

/** Bar, rail and trace panel around every page of a signed-in person. */
const frame = createRoute({
  getParentRoute: () => root,
  id: 'frame',
  validateSearch: (search: Record<string, unknown>): PageSearch => readPageSearch(search),
  search: { middlewares: [retainSearchParams(['period', 'portfolio', 'orgUnit'])] },
  beforeLoad: async ({ context, location }) => {
    try {
      await Promise.all([
        context.queryClient.ensureQueryData(sessionQuery),
        context.queryClient.ensureQueryData(settingsQuery),
      ]);
    } catch (error) {
      if (error instanceof ApiError && error.status === 401)
        throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { return: location.href } });
      throw error;
    }
  },
  component: lazyRouteComponent(() => import('./frame'), 'Frame'),
});

const page = <Path extends string>(path: Path, component: ReturnType<typeof lazyRouteComponent>) =>
  createRoute({ getParentRoute: () => frame, path, component });

const records = createRoute({
  getParentRoute: () => frame,
  path: '/records',
  validateSearch: (search: Record<string, unknown>): { of?: string } =>
    typeof search['of'] === 'string' ? { of: search['of'] } : {},
  component: lazyRouteComponent(() => import('../features/trace/records-page'), 'RecordsPage'),
});

const imports = () => import('../features/imports/pages');

const routeTree = root.addChildren([
  signIn,
  frame.addChildren([
    page(
      '/',
      lazyRouteComponent(() => import('../features/overview/overview-page'), 'OverviewPage'),
    ),
    records,
    page('/import', lazyRouteComponent(imports, 'ImportPage')),
    page('/import/history', lazyRouteComponent(imports, 'HistoryPage')),
    page('/import/$id', lazyRouteComponent(imports, 'ReportPage')),
    page(
      '/export',
      lazyRouteComponent(() => import('../features/imports/export-page'), 'ExportPage'),
    ),
  ]),
]);

export const createAppRouter = (queryClient: QueryClient) =>
  createRouter({
    routeTree,
    context: { queryClient },
    parseSearch,
    stringifySearch,
    scrollRestoration: true,
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
  });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
