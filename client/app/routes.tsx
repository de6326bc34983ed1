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
import { parseSearch, readPageSearch, readTexts, stringifySearch, type PageSearch } from '../lib/address';
import { REGISTERS } from '../lib/registers';
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

/** @param names of the parameters that this page keeps in its address beside those of every page */
const page = <Path extends string, Name extends string = never>(
  path: Path,
  component: ReturnType<typeof lazyRouteComponent>,
  names: readonly Name[] = [],
) =>
  createRoute({
    getParentRoute: () => frame,
    path,
    component,
    validateSearch: (search: Record<string, unknown>) => readTexts<Name>(search, names),
  });

const records = () => import('../features/records/pages');
const register = lazyRouteComponent(records, 'RegisterPage');
const recordForm = lazyRouteComponent(records, 'RecordFormPage');
const record = lazyRouteComponent(records, 'RecordPage');

const REGISTER_NAMES = [
  ...(['q', 'sort', 'gap', 'status', 'type', 'owner'] as const),
  ...(['category', 'delivery', 'strategic', 'from', 'to', 'rows'] as const),
] as const;

const benefits = lazyRouteComponent(() => import('../features/benefits/benefits-page'), 'BenefitsPage');
const BENEFIT_NAMES = [
  ...(['q', 'class', 'type', 'owner', 'status', 'declared', 'evidence', 'due', 'gap'] as const),
  ...(['sort', 'columns', 'rows'] as const),
] as const;

const capabilities = lazyRouteComponent(() => import('../features/capabilities/capabilities-page'), 'CapabilitiesPage');
const efficiency = lazyRouteComponent(() => import('../features/efficiency/efficiency-page'), 'EfficiencyPage');
const CAPABILITY_NAMES = [...REGISTER_NAMES, 'view', 'colour', 'span'] as const;

/** The benefits have a register of their own, the capabilities a map. */
const listOf = (path: (typeof REGISTERS)[number]['path']) =>
  path === 'benefits'
    ? page(`/${path}`, benefits, BENEFIT_NAMES)
    : path === 'capabilities'
      ? page(`/${path}`, capabilities, CAPABILITY_NAMES)
      : page(`/${path}`, register, REGISTER_NAMES);

/** Each register has its list, a form for a new record, a record's page and the form to change it. */
const registers = REGISTERS.flatMap(({ path }) => [
  listOf(path),
  page(`/${path}/new`, recordForm, ['from', 'to', 'name', 'return'] as const),
  page(`/${path}/$ref`, record, ['rate', 'by', 'profile'] as const),
  page(`/${path}/$ref/edit`, recordForm, ['field', 'return'] as const),
]);

const chain = lazyRouteComponent(() => import('../features/chain/chain-page'), 'ChainPage');
const CHAIN_NAMES = ['direction', 'view', 'gap', 'min', 'depth', 'expand', 'span', 'node', 'rows'] as const;

const reviews = () => import('../features/reviews/pages');

const scenarios = () => import('../features/scenarios/pages');

const decisions = () => import('../features/decisions/pages');
const LOG_NAMES = ['q', 'show', 'kind', 'outcome', 'forum', 'intended', 'decided', 'sort', 'rows'] as const;

const metrics = () => import('../features/metrics/pages');

const services = () => import('../features/services/pages');
const FLOW_ITEMS_NAMES = [
  ...(['window', 'type', 'team'] as const),
  ...(['of', 'stage', 'least', 'below', 'from', 'to', 'rows'] as const),
] as const;
const flow = () => import('../features/flow/pages');

const imports = () => import('../features/imports/pages');

/** The import is a way of entering data, too. */
const enterImport = createRoute({
  getParentRoute: () => frame,
  path: '/enter/import',
  validateSearch: (search: Record<string, unknown>) => readTexts(search, ['step', 'source', 'sheet'] as const),
  beforeLoad: ({ search }) => {
    throw redirect({ to: '/import', search, replace: true });
  },
});

const survey = lazyRouteComponent(() => import('../features/surveys/survey-page'), 'SurveyPage');

/** Outside the frame: whoever has a link needs no sign-in. */
const surveys = [
  createRoute({ getParentRoute: () => root, path: '/s/$token', component: survey }),
  createRoute({ getParentRoute: () => root, path: '/s', component: survey }),
];

const shared = lazyRouteComponent(() => import('../features/reviews/shared-page'), 'SharedPage');

/** Outside the frame, too. */
const sharedReviews = [
  createRoute({ getParentRoute: () => root, path: '/r/$token', component: shared }),
  createRoute({ getParentRoute: () => root, path: '/r', component: shared }),
];

const routeTree = root.addChildren([
  signIn,
  ...surveys,
  ...sharedReviews,
  frame.addChildren([
    page(
      '/',
      lazyRouteComponent(() => import('../features/overview/overview-page'), 'OverviewPage'),
      ['profile', 'nature'] as const,
    ),
    page('/chain', chain, CHAIN_NAMES),
    page('/chain/$type/$ref', chain, CHAIN_NAMES),
    ...registers,
    page(
      '/records',
      lazyRouteComponent(() => import('../features/trace/records-page'), 'RecordsPage'),
      ['of', 'rows'] as const,
    ),
    page('/metrics', lazyRouteComponent(metrics, 'ScorecardPage'), ['show'] as const),
    page('/metrics/$id', lazyRouteComponent(metrics, 'MetricPage')),
    page('/flow', lazyRouteComponent(flow, 'FlowPage'), ['window', 'type', 'team'] as const),
    page('/flow/items', lazyRouteComponent(flow, 'FlowItemsPage'), FLOW_ITEMS_NAMES),
    page('/work-items/$ref', lazyRouteComponent(flow, 'WorkItemPage')),
    page('/stages', lazyRouteComponent(flow, 'StagesPage')),
    page('/metrics/$id/records', lazyRouteComponent(metrics, 'MetricRecordsPage'), ['rows'] as const),
    page('/decisions', lazyRouteComponent(decisions, 'DecisionsPage'), LOG_NAMES),
    page('/decisions/new', lazyRouteComponent(decisions, 'NewDecisionPage')),
    page('/decisions/rights', lazyRouteComponent(decisions, 'DecisionRightsPage')),
    page('/decisions/$ref', lazyRouteComponent(decisions, 'DecisionPage'), ['form'] as const),
    page(
      '/priorities',
      lazyRouteComponent(() => import('../features/decisions/priorities-page'), 'PrioritiesPage'),
    ),
    page(
      '/signs',
      lazyRouteComponent(() => import('../features/signs/signs-page'), 'SignsPage'),
    ),
    page(
      '/indicators',
      lazyRouteComponent(() => import('../features/indicators/indicators-page'), 'IndicatorsPage'),
      ['show'] as const,
    ),
    page(
      '/audit',
      lazyRouteComponent(() => import('../features/audit/audit-page'), 'AuditPage'),
      ['objectType', 'objectId', 'actor', 'seq', 'rows'] as const,
    ),
    page(
      '/reminders',
      lazyRouteComponent(() => import('../features/reminders/reminders-page'), 'RemindersPage'),
    ),
    page(
      '/enter',
      lazyRouteComponent(() => import('../features/entry/entry-page'), 'EntryPage'),
      ['q', 'show', 'due', 'as', 'from', 'to', 'scale'] as const,
    ),
    page(
      '/settings',
      lazyRouteComponent(() => import('../features/settings/settings-page'), 'SettingsPage'),
    ),
    page('/services', lazyRouteComponent(services, 'ServicesPage')),
    page('/services/$ref', lazyRouteComponent(services, 'ServicePage'), ['figure'] as const),
    page(
      '/stakeholders',
      lazyRouteComponent(() => import('../features/stakeholders/stakeholders-page'), 'StakeholdersPage'),
    ),
    page(
      '/stakeholders/surveys',
      lazyRouteComponent(() => import('../features/stakeholders/rounds-page'), 'RoundsPage'),
    ),
    page('/reviews', lazyRouteComponent(reviews, 'ReviewsPage')),
    page('/reviews/$id', lazyRouteComponent(reviews, 'ReviewPage'), ['column', 'figure'] as const),
    page('/efficiency', efficiency),
    page('/scenarios', lazyRouteComponent(scenarios, 'ScenariosPage')),
    page('/scenarios/new', lazyRouteComponent(scenarios, 'NewScenarioPage'), ['changes', 'stop'] as const),
    page('/scenarios/$id', lazyRouteComponent(scenarios, 'ScenarioPage'), ['changes'] as const),
    page(
      '/confirm',
      lazyRouteComponent(() => import('../features/confirm/confirm-page'), 'ConfirmPage'),
      ['state', 'why', 'q', 'sort', 'rows'] as const,
    ),
    page(
      '/actions',
      lazyRouteComponent(() => import('../features/proof/actions-page'), 'ActionsPage'),
      ['show', 'q'] as const,
    ),
    page('/import', lazyRouteComponent(imports, 'ImportPage'), ['step', 'source', 'sheet'] as const),
    enterImport,
    page('/import/history', lazyRouteComponent(imports, 'HistoryPage'), ['rows'] as const),
    page('/import/$id', lazyRouteComponent(imports, 'ReportPage'), ['source'] as const),
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
