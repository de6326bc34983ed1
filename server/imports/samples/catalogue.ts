import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Sample } from '../../contract/import.js';
import type { UploadedFile } from '../reading/source.js';

/** Real data that is shipped with the product; the files lie in the folder of their id, with their licence. */
export const SAMPLES: readonly Sample[] = [
  {
    id: 'uk-major-projects',
    name: 'UK Government Major Projects',
    description:
      '244 major projects of the UK government as of March 2023: what they cost and which benefits they promise; the cost of a year stands in its first month. The source knows neither capabilities nor outcomes, so no pound can be traced to a benefit.',
    licence: 'Open Government Licence v3.0',
    attribution:
      'Contains public sector information licensed under the Open Government Licence v3.0. Source: Infrastructure and Projects Authority, Government Major Projects Portfolio data, March 2023.',
    reportingCurrency: 'GBP',
    fiscalYearStartMonth: 4,
    period: '2023-Q1',
  },
  {
    id: 'us-federal-it',
    name: 'US federal IT investments and priority goals',
    description:
      '747 major IT investments of US federal agencies with their cost, and 230 outcomes of agency priority goals with their measurements. The chain is broken after the investment: nothing published links the two.',
    licence: 'Public domain in the United States (17 U.S.C. 105)',
    attribution:
      'Data: US Office of Management and Budget, Federal IT Dashboard (Business Case feed, budget year 2017) and performance.gov (Agency Priority Goals, FY2022). Not endorsed by the publishers.',
    reportingCurrency: 'USD',
    fiscalYearStartMonth: 10,
    period: '2016-Q1',
  },
];

/** The tables of a sample. Beside this file, in the sources and in the build alike. */
export const sampleFiles = async (id: string): Promise<UploadedFile[]> => {
  const folder = new URL(`./${id}/`, import.meta.url);
  const names = (await readdir(folder)).filter((name) => name.endsWith('.csv')).sort();
  return names.map((name) => ({ path: fileURLToPath(new URL(name, folder)), originalName: name }));
};
