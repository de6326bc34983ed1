import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import {
  benefitCredits,
  benefitMeasurements,
  benefitMeasures,
  benefitProfile,
  benefitSummary,
} from '../../../server/contract/benefit-page.js';
import { verdicts } from '../../../server/contract/confirmation.js';
import { planVersions } from '../../../server/contract/plan.js';
import { call } from '../../lib/http';

/** The parts of one benefit's page; each is read and fails for itself. */

const path = (code: string, part: string) => `/benefits/${encodeURIComponent(code)}/${part}`;

export const summaryQuery = (code: string, period: string) =>
  queryOptions({
    queryKey: ['benefit', code, 'summary', period],
    queryFn: ({ signal }) => call(path(code, 'summary'), benefitSummary, { query: { period }, signal }),
    placeholderData: keepPreviousData,
  });

export const profileQuery = (code: string, period: string, by: 'quarter' | 'month') =>
  queryOptions({
    queryKey: ['benefit', code, 'profile', period, by],
    queryFn: ({ signal }) => call(path(code, 'profile'), benefitProfile, { query: { period, by }, signal }),
    placeholderData: keepPreviousData,
  });

export const measuresQuery = (code: string, period: string) =>
  queryOptions({
    queryKey: ['benefit', code, 'measures', period],
    queryFn: ({ signal }) => call(path(code, 'measures'), benefitMeasures, { query: { period }, signal }),
    placeholderData: keepPreviousData,
  });

export const creditsQuery = (code: string, period: string) =>
  queryOptions({
    queryKey: ['benefit', code, 'credits', period],
    queryFn: ({ signal }) => call(path(code, 'credits'), benefitCredits, { query: { period }, signal }),
    placeholderData: keepPreviousData,
  });

export const measurementsQuery = (code: string, period: string) =>
  queryOptions({
    queryKey: ['benefit', code, 'measurements', period],
    queryFn: ({ signal }) => call(path(code, 'measurements'), benefitMeasurements, { query: { period }, signal }),
    placeholderData: keepPreviousData,
  });

export const versionsQuery = (code: string) =>
  queryOptions({
    queryKey: ['benefit', code, 'versions'],
    queryFn: ({ signal }) => call(path(code, 'plan-versions'), planVersions, { signal }),
  });

export const verdictsQuery = (code: string) =>
  queryOptions({
    queryKey: ['benefit', code, 'verdicts'],
    queryFn: ({ signal }) => call(path(code, 'confirmations'), verdicts, { signal }),
  });
