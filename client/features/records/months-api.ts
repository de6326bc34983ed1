import { queryOptions } from '@tanstack/react-query';
import {
  benefitMonths,
  costMonths,
  type ChangeBenefitValues,
  type ChangeInvestmentCosts,
} from '../../../server/contract/benefit.js';
import { call } from '../../lib/http';

/** Values of a benefit and costs of an investment, by month. */

const valuesPath = (ref: string) => `/benefits/${encodeURIComponent(ref)}/values`;
const costsPath = (ref: string) => `/investments/${encodeURIComponent(ref)}/costs`;

export const costsQuery = (ref: string) =>
  queryOptions({
    queryKey: ['records', 'investment', 'costs', ref],
    queryFn: ({ signal }) => call(costsPath(ref), costMonths, { signal }),
  });

/** @throws ApiError 412 naming the months that others changed, 422 (a missing reason too) */
export const changeValues = (ref: string, body: ChangeBenefitValues) =>
  call(valuesPath(ref), benefitMonths, { method: 'PUT', body });

/** @throws ApiError 412, 422 (a missing exchange rate too) */
export const changeCosts = (ref: string, body: ChangeInvestmentCosts, reason: string | undefined) =>
  call(costsPath(ref), costMonths, { method: 'PUT', body, reason });
