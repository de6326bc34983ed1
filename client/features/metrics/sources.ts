import type { Family } from '../../../server/contract/metric.js';

/** What a family is measured from, as people would enter or import it. */
export const SOURCES: Record<Family, string> = {
  alignment:
    'costs of investments by month, links from investments to benefits, priorities and their ranking by quarter',
  decision: 'decisions with the days on which they were raised, needed and made, and their escalations',
  flow: 'work items with their moves through stages; initiatives with planned and actual end',
  capability: 'capabilities marked as strategic, assessments of their maturity, competencies',
  outcome: 'benefits with planned, realised and confirmed values; outcomes with measurements and targets',
  efficiency: 'costs of investments with links to initiatives, capabilities and outcomes',
  quality: 'services with agreed time, downtime, requests, incidents and changes by month',
  stakeholder: 'surveys and their answers; decisions with the moment at which IT was involved',
};
