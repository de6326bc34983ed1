import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import {
  scenario,
  scenarioEffect,
  scenarios,
  type ChangeScenario,
  type CreateScenario,
  type Scenario,
} from '../../../server/contract/scenario.js';
import { writeChanges, type ScenarioChange } from '../../../server/contract/scenario-words.js';
import { call, callForNothing } from '../../lib/http';
import { scopeQuery, type PageScope } from '../../ui/page-scope';

/** As many as one call gives: nobody keeps more. */
const MOST = '500';

const KEY = 'scenarios';

/** One's own, and those that others share. */
export const scenariosQuery = queryOptions({
  queryKey: [KEY, 'list'],
  queryFn: ({ signal }) => call('/scenarios', scenarios, { query: { limit: MOST }, signal }),
});

export const scenarioQuery = (id: string) =>
  queryOptions({
    queryKey: [KEY, 'one', id],
    queryFn: ({ signal }) => call(`/scenarios/${encodeURIComponent(id)}`, scenario, { signal }),
  });

/** What changes would do, stored or not. */
export const effectQuery = (changes: readonly ScenarioChange[], page: PageScope) =>
  queryOptions({
    queryKey: ['scenario-effect', writeChanges(changes), page.period, page.portfolio, page.orgUnit],
    queryFn: ({ signal }) =>
      call('/scenarios/effect', scenarioEffect, {
        method: 'POST',
        body: { ...scopeQuery(page), changes },
        signal,
      }),
    placeholderData: keepPreviousData,
  });

export const createScenario = (given: CreateScenario): Promise<Scenario> =>
  call('/scenarios', scenario, { method: 'POST', body: given });

const pathOf = (id: string): string => `/scenarios/${encodeURIComponent(id)}`;

/** @throws ApiError 412 with the scenario as it is now */
export const changeScenario = (id: string, version: number, given: ChangeScenario): Promise<Scenario> =>
  call(pathOf(id), scenario, { method: 'PATCH', body: given, of: { version } });

export const deleteScenario = (id: string, version: number): Promise<void> =>
  callForNothing(pathOf(id), { method: 'DELETE', of: { version } });
