/** The pages of metrics, fetched together. */
export { MetricPage } from './metric-page';
export { MetricRecordsPage } from './records-page';
export { ScorecardPage } from './scorecard-page';
